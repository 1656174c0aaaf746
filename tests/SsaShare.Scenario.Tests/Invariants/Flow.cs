using Google.Protobuf;

namespace SsaShare.Scenario.Tests;

/// <summary>One direction of an agreement as the test means it, not as any node reads it: what one node gives another, in full.</summary>
/// <param name="Covers">Which of the records that the giver holds; the giver's own and, where it passes on, others'.</param>
internal sealed record Flow(ScenarioNode From, ScenarioNode To, ByteString Agreement, Func<AcknowledgedRecord, bool> Covers)
{
    public string AgreementHex { get; } = Convert.ToHexStringLower(Agreement.Span);

    /// <summary>Everything of its own that one gives, both ways.</summary>
    public static Flow[] Both(ScenarioNode one, ScenarioNode other, ByteString agreement, Func<AcknowledgedRecord, bool>? covers = null)
        => [Own(one, other, agreement, covers), Own(other, one, agreement, covers)];

    public static Flow Own(ScenarioNode from, ScenarioNode to, ByteString agreement, Func<AcknowledgedRecord, bool>? covers = null)
        => new(from, to, agreement, record => record.Originator == from && covers?.Invoke(record) is not false);

    /// <summary>How every record must have come to a node: one line for each way, sorted.</summary>
    public static List<string> Expected(ScenarioNode node, IReadOnlyCollection<Flow> flows, IReadOnlyCollection<AcknowledgedRecord> records)
    {
        var lines = new List<string>();
        foreach (var record in records)
        {
            var holders = Holders(record, flows);
            if (record.Originator == node) lines.Add(Line(record.Id, "", ""));
            lines.AddRange(flows.Where(flow => flow.To == node && holders.Contains(flow.From) && flow.Covers(record)).Select(flow => Line(record.Id, flow.From.Partner.Value, flow.AgreementHex)));
        }
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    public static string Line(string record, string provider, string agreement) => provider.Length == 0 ? $"{record} own" : $"{record} from {provider} under {agreement[..8]}";

    /// <summary>The originator, everybody to whom it gives the record, everybody to whom those pass it on.</summary>
    private static HashSet<ScenarioNode> Holders(AcknowledgedRecord record, IReadOnlyCollection<Flow> flows)
    {
        var holders = new HashSet<ScenarioNode> { record.Originator };
        while (flows.FirstOrDefault(flow => holders.Contains(flow.From) && !holders.Contains(flow.To) && flow.Covers(record)) is { } next) holders.Add(next.To);
        return holders;
    }
}
