using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Engagement.Storage.Tests;

/// <summary>A throw-away PostgreSQL cluster on loopback, from the server binaries that are installed, run by an unprivileged account. Deleted when the tests end.</summary>
public sealed class PostgreSqlServer : IDisposable
{
    public const string Password = "s3cret-of-the-tests";

    private readonly string _binaries;
    private readonly string _folder;

    private PostgreSqlServer(string binaries, string folder, int port) => (_binaries, _folder, Port) = (binaries, folder, port);

    public int Port { get; }

    /// <summary>The process id of the server's first process.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>Starts a cluster; the calling test is skipped where no server is installed, and fails instead where one is required.</summary>
    /// <param name="folder">An empty folder for it; by default one of its own.</param>
    public static PostgreSqlServer Start(string? folder = null)
    {
        string? binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(folder => File.Exists(Path.Combine(folder, "initdb"))).OrderByDescending(folder => folder, StringComparer.Ordinal).FirstOrDefault()
            : null;
        const string Missing = "No PostgreSQL server is installed under /usr/lib/postgresql: apt-get install postgresql to run this test.";
        if (binaries is null && Environment.GetEnvironmentVariable("ENGAGEMENT_REQUIRE_POSTGRESQL") == "1") Assert.Fail(Missing);
        Assert.SkipWhen(binaries is null, Missing);

        folder ??= Directory.CreateTempSubdirectory("engagement-postgresql-").FullName;
        if (IsRoot) Run("chown", "postgres", folder);
        File.WriteAllText(Path.Combine(folder, "password"), Password);
        if (IsRoot) Run("chown", "postgres", Path.Combine(folder, "password"));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var server = new PostgreSqlServer(binaries!, folder, port);
        server.AsServer("initdb", "-D", Path.Combine(folder, "data"), "-U", "owner", "--auth=scram-sha-256", "--pwfile", Path.Combine(folder, "password"), "--encoding=UTF8", "--locale=C", "--no-sync");

        // What a process leaves behind when it is killed does not depend on fsync, only what a machine does that loses power.
        File.AppendAllText(Path.Combine(folder, "data", "postgresql.auto.conf"), $"listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{folder}'\nfsync = off\nmax_connections = 60\nshared_buffers = 64MB\nmax_wal_size = 1GB\nautovacuum = off\n");
        server.Resume();
        return server;
    }

    public string ConnectionString(string database, string user = "owner", string? password = null) => FormattableString.Invariant($"Host=127.0.0.1;Port={Port};Database={database};Username={user};Password={password ?? Password};Timeout=10;Command Timeout=300;Pooling=false");

    /// <summary>A new database.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        string name = $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
        await command.ExecuteNonQueryAsync();
        return name;
    }

    /// <summary>Starts the server; after it was killed its children may hold its memory a while, and it is tried again.</summary>
    public void Resume()
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                AsServer("pg_ctl", "-D", Path.Combine(_folder, "data"), "-l", Path.Combine(_folder, "log"), "-w", "-t", "60", "start");
                return;
            }
            catch (InvalidOperationException) when (tries < 60)
            {
                Thread.Sleep(250);
            }
        }
    }

    public void Stop() => AsServer("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");

    /// <summary>SIGKILL of the server's first process; the others follow it as soon as they notice.</summary>
    public void Kill()
    {
        Run("kill", "-9", ProcessId.ToString(CultureInfo.InvariantCulture));
        File.Delete(Path.Combine(_folder, "data", "postmaster.pid"));
    }

    /// <summary>SIGKILL of the processes that serve a database: the server cuts off everybody, and recovers. What was begun elsewhere does not end with it.</summary>
    public async Task CrashAsync(string database)
    {
        await using (var witness = new NpgsqlConnection(ConnectionString(database)))
        {
            await witness.OpenAsync();
            await using NpgsqlCommand command = witness.CreateCommand();
            command.CommandText = "SELECT string_agg(pid::TEXT, ' ') FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
            foreach (string process in ((string)(await command.ExecuteScalarAsync())!).Split(' ')) Run("kill", "-9", process);
            command.CommandText = "SELECT pg_sleep(60)";
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => command.ExecuteScalarAsync());
        }

        for (int tries = 1; ; tries++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString(database));
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (tries < 240)
            {
                await Task.Delay(250);
            }
        }
    }

    public void Dispose()
    {
        try
        {
            Stop();
        }
        catch (InvalidOperationException)
        {
            // It does not run any more.
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void AsServer(string program, params string[] arguments)
    {
        string path = Path.Combine(_binaries, program);
        if (IsRoot) Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments]);
        else Run(path, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // pg_ctl's server keeps its outputs open: they go nowhere, and the server's own log to a file.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "cd / && exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments]);
        try
        {
            using Process process = Process.Start(start)!;
            if (!process.WaitForExit(90_000)) throw new InvalidOperationException($"{program} takes longer than 90 seconds.");
            if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"{program} cannot be started: {exception.Message}.", exception);
        }
    }
}
