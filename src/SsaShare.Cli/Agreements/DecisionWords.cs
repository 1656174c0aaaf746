using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SsaShare.Protocol.Admin.V1;
using SsaShare.Protocol.Common.V1;

namespace SsaShare.Cli;

/// <summary>Parts of a decision in the words of agreements.</summary>
internal static class DecisionWords
{
    public static string Outcome(DecisionOutcome outcome, string profile) => outcome switch
    {
        DecisionOutcome.Released => "released",
        DecisionOutcome.Degraded => $"degraded to {profile}",
        DecisionOutcome.Withheld => "withheld",
        _ => "unknown to this version",
    };

    /// <summary>As agreements name it: observation, orbit_state.</summary>
    public static string Class(RecordClass recordClass) => Snake(recordClass.ToString());

    public static string OrDash(string text) => text.Length == 0 ? "-" : text;

    /// <summary>The first digits of an id: enough to name it to other commands.</summary>
    public static string Short(ByteString id) => Convert.ToHexStringLower(id.Span)[..16];

    public static string Time(Timestamp time) => time.ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
