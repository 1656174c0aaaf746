namespace SsaShare.Formats;

/// <summary>How much an issue cost.</summary>
public enum IssueSeverity
{
    /// <summary>Nothing was lost that the service keeps; the sender may want to know.</summary>
    Notice = 1,
    /// <summary>An observation, a segment or the file was refused.</summary>
    Refused = 2,
}

/// <summary>One thing wrong with a file that was read: where, what, why, and what its sender can do.</summary>
/// <param name="File">As named by the caller.</param>
/// <param name="Line">Counted from 1; the line where the reader noticed.</param>
/// <param name="Severity">Whether anything was refused.</param>
/// <param name="Field">The keyword, or a word for the structure ("line", "segment", "file").</param>
/// <param name="Value">As read: at most 80 characters, other than printable ASCII shown as '?'.</param>
/// <param name="Reason">Why, in a few words.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record ReadIssue(string File, long Line, IssueSeverity Severity, string Field, string Value, string Reason, string Remedy)
{
    private const int LongestValue = 80;

    /// <summary>The same text may be taken later: when the sensor is described, or when its time has come.</summary>
    public bool MayPass { get; init; }

    /// <summary>Counted from 1, in characters; 0 where it is the line as a whole.</summary>
    public int Column { get; init; }

    /// <summary>One line for people: file:line: field = value: reason; remedy.</summary>
    public override string ToString() => $"{File}:{Line}: {Field}{(Value.Length == 0 ? "" : $" = {Value}")}: {Reason}; {Remedy}";

    /// <summary>Foreign bytes as text that is safe in a log or on a terminal.</summary>
    internal static string Show(ReadOnlySpan<byte> bytes) => Show(bytes, LongestValue);

    /// <summary>All of them.</summary>
    internal static string ShowAll(ReadOnlySpan<byte> bytes) => Show(bytes, bytes.Length);

    private static string Show(ReadOnlySpan<byte> bytes, int longest)
    {
        return string.Create(Math.Min(bytes.Length, longest), bytes[..Math.Min(bytes.Length, longest)], static (text, source) =>
        {
            for (int i = 0; i < text.Length; i++)
                text[i] = source[i] is >= 0x20 and < 0x7F ? (char)source[i] : '?';
        });
    }
}
