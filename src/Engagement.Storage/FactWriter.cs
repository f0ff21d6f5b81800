using Engagement.Core;

namespace Engagement.Storage;

/// <summary>Writes a portfolio's facts in place of those with the same keys; a fact keeps its place in the order, and a new one comes last.</summary>
internal static class FactWriter
{
    public static async Task WriteAsync(Session session, int organisation, Portfolio portfolio, CancellationToken cancellationToken)
    {
        // What states nothing leaves nothing to replace: most batches have facts of one or two kinds.
        FactTable[] tables = [.. FactTable.All.Where(table => FactTable.All.First(one => one.Name == (table.Owner?.Table ?? table.Name)).Rows(portfolio).Any())];
        foreach (FactTable table in tables)
        {
            long next = 1 + await session.NumberAsync($"SELECT max(ordinal) FROM engagement.{table.Name} WHERE org = $1", cancellationToken, organisation).ConfigureAwait(false);
            await session.StageAsync(Stage(table.Name), $"ordinal BIGINT NOT NULL, {table.Columns}", table.Rows(portfolio).Select((cells, row) => (object?[])[next + row, .. cells]), cancellationToken).ConfigureAwait(false);
            string sameKeys = string.Join(" AND ", table.Keys.Select(key => $"{table.KeyOf("old", key)} = {table.KeyOf(Stage(table.Name), key)}"));
            await session.ExecuteAsync(
                $"""
                UPDATE {Stage(table.Name)} SET ordinal = old.ordinal
                FROM (SELECT {string.Join(", ", table.Keys.Select(key => $"{table.KeyOf("one", key)} AS {key}"))}, min(ordinal) AS ordinal FROM engagement.{table.Name} one WHERE org = $1 GROUP BY {string.Join(", ", table.Keys.Select(key => table.KeyOf("one", key)))}) old
                WHERE {sameKeys}
                """,
                cancellationToken,
                organisation).ConfigureAwait(false);
            (string owner, string ownerKeys) = table.Owner is { } other ? (Stage(other.Table), $"{Stage(other.Table)}.{other.Key} = old.{table.Keys[0]}") : (Stage(table.Name), sameKeys);
            await session.ExecuteAsync($"DELETE FROM engagement.{table.Name} AS old WHERE old.org = $1 AND EXISTS (SELECT 1 FROM {owner} WHERE {ownerKeys})", cancellationToken, organisation).ConfigureAwait(false);
            await session.ExecuteAsync($"INSERT INTO engagement.{table.Name} (org, ordinal, {table.Selection}) SELECT CAST($1 AS INTEGER), ordinal, {table.Selection} FROM {Stage(table.Name)}", cancellationToken, organisation).ConfigureAwait(false);
        }

        foreach (FactTable table in tables) await session.UnstageAsync(Stage(table.Name), cancellationToken).ConfigureAwait(false);
    }

    private static string Stage(string table) => $"stage_{table}";
}
