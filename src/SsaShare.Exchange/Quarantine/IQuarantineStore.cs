using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Where refused parts are kept: by this node alone, outside the log. Bounded; the oldest go first, closed ones before open ones.</summary>
public interface IQuarantineStore
{
    /// <summary>Keeps entries. One that is here already is counted as come again; its state stays.</summary>
    /// <param name="entries">Not more than a few hundred.</param>
    /// <param name="bytesMax">What all entries together may take; what is beyond is dropped.</param>
    /// <returns>How many were not here.</returns>
    Task<int> AddAsync(IReadOnlyList<QuarantineEntry> entries, long bytesMax, CancellationToken cancellationToken);

    /// <summary>The newest first.</summary>
    /// <param name="state">Null for all.</param>
    /// <param name="before">The last entry of the page before; null for the first page.</param>
    /// <param name="entriesMax">Of one page.</param>
    Task<IReadOnlyList<QuarantineEntry>> ListAsync(QuarantineState? state, (Epoch Time, Hash256 Id)? before, int entriesMax, CancellationToken cancellationToken);

    /// <summary>Open entries that may pass as they are, the oldest first.</summary>
    /// <param name="after">The last entry of the page before; null for the first page.</param>
    /// <param name="entriesMax">Of one page.</param>
    Task<IReadOnlyList<QuarantineEntry>> ListPassableAsync((Epoch Time, Hash256 Id)? after, int entriesMax, CancellationToken cancellationToken);

    /// <summary>Entries whose ids begin so.</summary>
    /// <param name="first">The least such id.</param>
    /// <param name="last">The greatest.</param>
    /// <param name="entriesMax">Most that are given.</param>
    Task<IReadOnlyList<QuarantineEntry>> FindAsync(Hash256 first, Hash256 last, int entriesMax, CancellationToken cancellationToken);

    /// <summary>Closes an open entry.</summary>
    /// <param name="state">Mended or dismissed.</param>
    /// <param name="remark">For people.</param>
    /// <returns>False when it is not open.</returns>
    Task<bool> TryCloseAsync(Hash256 id, QuarantineState state, string remark, CancellationToken cancellationToken);

    Task<QuarantineTotals> CountAsync(CancellationToken cancellationToken);
}

/// <summary>What the quarantine holds.</summary>
/// <param name="Bytes">All entries, with what keeping one costs.</param>
/// <param name="DroppedOpen">Entries that had to make room before anybody had dealt with them.</param>
public sealed record QuarantineTotals(long Open, long Mended, long Dismissed, long Bytes, long DroppedOpen);
