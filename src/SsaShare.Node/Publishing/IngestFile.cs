using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Formats;

namespace SsaShare.Node;

/// <summary>A file that is to be published.</summary>
/// <param name="Source">How it came.</param>
/// <param name="Name">For messages; at most <see cref="NameMax"/> characters are kept.</param>
/// <param name="Label">The marking of every record in it.</param>
public sealed record IngestFile(IngestSource Source, string Name, Label Label)
{
    public const int NameMax = 200;

    internal static readonly string LabelTooLong = $"longer than {SealedLabel.LongestBytes} bytes, which no receiver takes; name fewer partners in releasable_to.";

    /// <summary>A name as it may stand in logs and on terminals: no control characters, nothing beyond the basic plane, not too long, never empty.</summary>
    public static string Shown(string name)
    {
        string shown = new([.. name.Take(NameMax).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);
        return shown.Length == 0 ? "(unnamed)" : shown;
    }
}

/// <summary>How far a file has been read and published.</summary>
/// <param name="Bytes">Read.</param>
/// <param name="Accepted">Records published, durably.</param>
/// <param name="Duplicates">Records that were here already.</param>
/// <param name="Refused">Refusals so far.</param>
public readonly record struct IngestProgress(long Bytes, long Accepted, long Duplicates, long Refused);

/// <summary>What became of a file.</summary>
/// <param name="Format">What it was taken for.</param>
/// <param name="Bytes">Read of it; fewer than it has when it was refused early.</param>
/// <param name="Accepted">Records published now.</param>
/// <param name="Duplicates">Records that were published before, or stood in it twice.</param>
/// <param name="Refused">Refusals: of a line, a segment or the whole file. Not 0 when anything was refused.</param>
/// <param name="Quarantined">Parts of it that are in the quarantine now, those that were there before among them.</param>
/// <param name="IsFileRefused">It is refused as a whole.</param>
/// <param name="Issues">At most as many as a reader tells, about 1,000.</param>
public sealed record IngestOutcome(string Format, long Bytes, long Accepted, long Duplicates, long Refused, long Quarantined, bool IsFileRefused, IReadOnlyList<ReadIssue> Issues)
{
    /// <summary>What <see cref="IsReadToEnd"/> means to whoever sent the file.</summary>
    public const string NotReadToEnd = "reading stopped before the end; mend what is told and publish again";

    /// <summary>False where so much was wrong that the rest was not looked at: none of it is published or in the quarantine.</summary>
    public bool IsReadToEnd { get; init; } = true;
}
