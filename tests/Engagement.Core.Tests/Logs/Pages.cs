using System.Runtime.InteropServices;

namespace Engagement.Core.Tests.Logs;

/// <summary>Linux's calls for pages of memory.</summary>
internal static class Pages
{
    [DllImport("libc", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint mmap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int mprotect(nint address, nuint length, int protection);

    [DllImport("libc", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int munmap(nint address, nuint length);
}
