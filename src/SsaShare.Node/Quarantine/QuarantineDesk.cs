using Google.Protobuf;
using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Formats;
using SsaShare.Protocol;
using SsaShare.Signing;

namespace SsaShare.Node;

/// <summary>What the operator does with refused parts: look at them, publish them mended or as they are, or dismiss them. Every step may be repeated.</summary>
public sealed class QuarantineDesk(IQuarantineStore store, IngestDesk desk, ILogger<QuarantineDesk> logger)
{
    /// <summary>Fewest digits of an id that name an entry.</summary>
    public const int DigitsMin = 8;

    /// <summary>Longest mended text, bytes.</summary>
    public const int MendedBytesMax = 128 * 1024;

    private const int RemarkMax = 200, PageSize = 50;

    public Task<QuarantineTotals> CountAsync(CancellationToken cancellationToken) => store.CountAsync(cancellationToken);

    public Task<IReadOnlyList<QuarantineEntry>> ListAsync(QuarantineState? state, (Epoch Time, Hash256 Id)? before, int entriesMax, CancellationToken cancellationToken)
        => store.ListAsync(state, before, entriesMax, cancellationToken);

    /// <summary>Finds an entry by its id, or by the first 8 or more digits of it.</summary>
    /// <returns>Null, with the reason, when there is none or several begin so.</returns>
    public async Task<(QuarantineEntry? Entry, QuarantineFault Fault)> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (name.Length is < DigitsMin or > 2 * Hash256.Size || !name.All(char.IsAsciiHexDigit)) return (null, new(QuarantineFaultKind.Name, $"'{IngestFile.Shown(name)}' is neither an entry's id nor its first {DigitsMin} or more digits."));
        var found = await store.FindAsync(Filled(name, '0'), Filled(name, 'f'), 2, cancellationToken);
        return found.Count == 1 ? (found[0], default)
            : found.Count == 0 ? (null, new(QuarantineFaultKind.Unknown, $"The quarantine has no entry '{name}'."))
            : (null, new(QuarantineFaultKind.Name, $"Several entries begin with '{name}'; give more digits."));
    }

    /// <summary>Publishes an entry with another text in its place. Unless all of it is taken nothing is published.</summary>
    /// <param name="name">The entry.</param>
    /// <param name="mended">What is to stand where the entry's text stood; its own text means that it is right as it is.</param>
    public async Task<MendOutcome> MendAsync(string name, ReadOnlyMemory<byte> mended, CancellationToken cancellationToken)
    {
        var (entry, fault) = await FindOpenAsync(name, cancellationToken);
        if (entry is null) return new MendOutcome(fault);
        if (LabelOf(entry) is not { } label) return new MendOutcome(UnknownLabel);
        if (mended.Length > MendedBytesMax) return new MendOutcome(new(QuarantineFaultKind.Name, $"The mended text is longer than {MendedBytesMax} bytes; publish it as a file and dismiss the entry."));
        var (before, after) = (entry.Content.Before, entry.Content.After);
        byte[] content = [.. before.Span, .. mended.Span, .. mended.Span.EndsWith("\n"u8) || after.IsEmpty ? [] : "\n"u8, .. after.Span];
        // A file that was refused as a whole may have been taken for something else because of its first line.
        var format = before.IsEmpty ? IngestFormats.Of(content) : IngestFormats.Find(entry.Content.Format);
        if (format is null) return new MendOutcome(new(QuarantineFaultKind.State, $"This release reads no files of the format '{entry.Content.Format}'."));
        var (records, refusals) = await desk.CheckAsync(content, entry.Place.File, label, format, cancellationToken);
        if (refusals.Count > 0 || records == 0)
        {
            int shift = before.Span.Count((byte)'\n');
            return new MendOutcome(new(QuarantineFaultKind.Refused, refusals.Count > 0 ? "The mended text is refused; nothing of it is published." : "There is no record in the mended text; to drop the entry, dismiss it."))
            {
                Issues = [.. refusals.Select(issue => issue with { File = "(mended)", Line = Math.Max(1, issue.Line - shift) })],
            };
        }
        var outcome = await PublishAsync(entry, content, label, format, cancellationToken);
        await CloseAsync(entry, outcome, cancellationToken);
        return new MendOutcome(default) { Outcome = outcome };
    }

    /// <summary>Tries entries again whose reasons may have gone, as they are.</summary>
    /// <param name="name">One entry; null for all that are open.</param>
    /// <param name="progress">Told after each page.</param>
    public async Task<(ReplayOutcome Outcome, QuarantineFault Fault)> ReplayAsync(string? name, Func<ReplayOutcome, Task> progress, CancellationToken cancellationToken)
    {
        var sum = default(ReplayOutcome);
        if (name is not null)
        {
            var (entry, fault) = await FindOpenAsync(name, cancellationToken);
            if (entry is null) return (sum, fault);
            if (entry.Content.IsCut) return (sum, new(QuarantineFaultKind.State, "Only its beginning is kept; publish the file again."));
            if (LabelOf(entry) is null) return (sum, UnknownLabel);
            if (!entry.Place.MayPass) return (sum, new(QuarantineFaultKind.State, "Its reason does not go away by itself: mend it, or dismiss it."));
            return (await ReplayAsync(entry, cancellationToken), default);
        }
        (Epoch, Hash256)? after = null;
        while (await store.ListPassableAsync(after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var entry in page) sum += await ReplayAsync(entry, cancellationToken);
            await progress(sum);
            after = (page[^1].Time, page[^1].Id);
        }
        return (sum, default);
    }

    /// <summary>Closes an entry without publishing it.</summary>
    public async Task<QuarantineFault> DismissAsync(string name, string reason, CancellationToken cancellationToken)
    {
        if (reason.Length > RemarkMax || reason.Any(char.IsControl) || reason.Any(char.IsSurrogate)) return new(QuarantineFaultKind.Name, $"The reason must have at most {RemarkMax} characters, all of which can be shown.");
        var (entry, fault) = await FindAsync(name, cancellationToken);
        if (entry is null) return fault;
        if (!await store.TryCloseAsync(entry.Id, QuarantineState.Dismissed, reason, cancellationToken) && entry.State != QuarantineState.Dismissed) return NotOpen(entry);
        NodeLog.QuarantineClosed(logger, entry.Id, QuarantineState.Dismissed, reason);
        return default;
    }

    private async Task<(QuarantineEntry? Entry, QuarantineFault Fault)> FindOpenAsync(string name, CancellationToken cancellationToken)
    {
        var (entry, fault) = await FindAsync(name, cancellationToken);
        return entry is { State: not QuarantineState.Open } ? (null, NotOpen(entry)) : (entry, fault);
    }

    private static QuarantineFault NotOpen(QuarantineEntry entry) => new(QuarantineFaultKind.State, $"The entry is {entry.State.ToString().ToLowerInvariant()} already.");

    private async Task<ReplayOutcome> ReplayAsync(QuarantineEntry entry, CancellationToken cancellationToken)
    {
        byte[] content = [.. entry.Content.Before.Span, .. entry.Content.Text.Span, .. entry.Content.After.Span];
        if (LabelOf(entry) is not { } label || IngestFormats.Find(entry.Content.Format) is not { } format || (await desk.CheckAsync(content, entry.Place.File, label, format, cancellationToken)).Records == 0)
            return new ReplayOutcome(1, 0, 0, 0);
        // What is still refused of it becomes an entry of its own.
        var outcome = await PublishAsync(entry, content, label, format, cancellationToken);
        // What was not read of it is nowhere else.
        if (!outcome.IsReadToEnd) return new ReplayOutcome(1, 0, outcome.Accepted, outcome.Duplicates);
        await CloseAsync(entry, outcome, cancellationToken);
        return new ReplayOutcome(1, 1, outcome.Accepted, outcome.Duplicates);
    }

    private async Task<IngestOutcome> PublishAsync(QuarantineEntry entry, byte[] content, Label label, IngestFormat format, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        return await desk.IngestAsync(new IngestFile(IngestSource.Quarantine, $"{entry.Id.ToString()[..DigitsMin]} of {entry.Place.File}", label), stream, format, null, cancellationToken);
    }

    private async Task CloseAsync(QuarantineEntry entry, IngestOutcome outcome, CancellationToken cancellationToken)
    {
        string remark = $"{outcome.Accepted} published, {outcome.Duplicates} known already{(outcome.Refused > 0 ? $", {outcome.Refused} refused anew" : "")}";
        if (await store.TryCloseAsync(entry.Id, QuarantineState.Mended, remark, cancellationToken)) NodeLog.QuarantineClosed(logger, entry.Id, QuarantineState.Mended, remark);
    }

    private static QuarantineFault UnknownLabel { get; } = new(QuarantineFaultKind.State, "Its label is none that this release publishes under; publish the file again.");

    /// <summary>Null where this release does not know it, or no receiver takes it.</summary>
    private static Label? LabelOf(QuarantineEntry entry) => LabelCodec.TryOpen(ByteString.CopyFrom(entry.Label.Span))?.Parsed;

    private static Hash256 Filled(string digits, char digit) => new(Convert.FromHexString(digits.PadRight(2 * Hash256.Size, digit)));
}

/// <summary>Why something is not done; default where it was.</summary>
public readonly record struct QuarantineFault(QuarantineFaultKind Kind, string Reason);

public enum QuarantineFaultKind
{
    None = 0,

    /// <summary>What was asked makes no sense.</summary>
    Name = 1,

    /// <summary>There is no such entry.</summary>
    Unknown = 2,

    /// <summary>The entry's state has no place for it.</summary>
    State = 3,

    /// <summary>The mended text is still refused.</summary>
    Refused = 4,
}

/// <summary>What became of a mended text.</summary>
public sealed record MendOutcome(QuarantineFault Fault)
{
    /// <summary>Null where nothing was published.</summary>
    public IngestOutcome? Outcome { get; init; }

    /// <summary>Why the mended text is refused; lines are counted in it.</summary>
    public IReadOnlyList<ReadIssue> Issues { get; init; } = [];
}

/// <summary>What became of entries that were tried again.</summary>
/// <param name="Tried">Entries.</param>
/// <param name="Closed">Entries of which something was published; what was not is a new entry.</param>
/// <param name="Accepted">Records published.</param>
/// <param name="Duplicates">Records that were here already.</param>
public readonly record struct ReplayOutcome(long Tried, long Closed, long Accepted, long Duplicates)
{
    public static ReplayOutcome operator +(ReplayOutcome left, ReplayOutcome right)
        => new(left.Tried + right.Tried, left.Closed + right.Closed, left.Accepted + right.Accepted, left.Duplicates + right.Duplicates);
}
