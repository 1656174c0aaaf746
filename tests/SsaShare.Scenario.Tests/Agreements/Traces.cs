using System.Buffers;
using System.Text;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Scenario.Tests.Agreements;

/// <summary>Looks for bytes in every row of every table of a node's database.</summary>
internal static class Traces
{
    private const string Tables = """
        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'
        """;

    /// <summary>What gives a record away: its payload and, wherever else they might stand, the figures that were measured.</summary>
    public static IEnumerable<string> OfContent(SealedRecord record)
    {
        yield return Hex(record.Payload.Span);
        if (record.Facts.Class != RecordClass.Observation) yield break;
        var observation = Protocol.Observation.V1.Observation.Parser.ParseFrom(record.Payload.Span);
        foreach (double figure in new[] { observation.RangeKm, observation.AzimuthRad, observation.ElevationRad, observation.RangeRateKmPerS })
            if (figure != 0) yield return Hex(BitConverter.GetBytes(figure));
    }

    /// <summary>A record's id, in bytes or as text inside of bytes.</summary>
    public static IEnumerable<string> OfId(SealedRecord record) => [record.Id.ToString(), Hex(Encoding.ASCII.GetBytes(record.Id.ToString()))];

    /// <summary>The first row that holds one of these; null when none does.</summary>
    /// <param name="node">Its database.</param>
    /// <param name="forbidden">In hexadecimal, with what it is of.</param>
    public static async Task<string?> FindAsync(ScenarioNode node, IReadOnlyDictionary<string, string> forbidden)
    {
        if (forbidden.Count == 0) return null;
        var needles = SearchValues.Create([.. forbidden.Keys], StringComparison.Ordinal);
        foreach (string table in await node.ColumnAsync<string>(Tables))
            foreach (string row in await node.ColumnAsync<string>($"SELECT one::text FROM {table} one"))
                if (row.AsSpan().IndexOfAny(needles) is var at and >= 0)
                    return $"{table} holds {forbidden.First(pair => row.AsSpan(at).StartsWith(pair.Key, StringComparison.Ordinal)).Value}";
        return null;
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
