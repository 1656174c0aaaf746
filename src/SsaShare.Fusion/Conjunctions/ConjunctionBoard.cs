using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion;

/// <summary>
/// Keeps the close approaches of a changing catalog over a window that moves with the time: what is new, changed or gone is screened against everything, and the new end of the window; nothing else.
/// </summary>
/// <remarks>
/// Whether an approach of two sources is found, and everything said of it, depends on these two and the time line's fixed blocks alone; a reader's answer (<see cref="BoardSnapshot.ForReader"/>) is composed from visible
/// sources. For an answer to be whole, the board must be given all that counts for any reader (<see cref="VisibleSources.Union"/>); for it to betray nothing by its timing, an update is due whenever the window moves
/// (<see cref="BoardOptions.WindowAt"/>): what updates in between bring for others then leaves no trace. Pure: no clock, no files. One update at a time; snapshots are safe to read meanwhile.
/// </remarks>
public sealed class ConjunctionBoard(BoardOptions options)
{
    /// <summary>Crowds set aside in one update; more are no mishap of one originator.</summary>
    private const int CrowdsMax = 32;

    private readonly Lock _gate = new();
    private volatile BoardState _state = BoardState.Empty;

    public BoardOptions Options { get; } = options;

    /// <summary>As of the last finished update; null before the first.</summary>
    public BoardSnapshot? Snapshot => _state.Log.Last is null ? null : new BoardSnapshot(_state);

    /// <summary>Brings the board to a later instant and to other sources.</summary>
    /// <param name="sources">All that are to be on the board from now on; the same one twice counts once.</param>
    /// <param name="now">Not before that of the last update.</param>
    /// <param name="progress">Told the share of blocks done, 0 to 1, for each mode anew.</param>
    /// <exception cref="ArgumentException">The time goes back.</exception>
    /// <exception cref="CrowdedScreeningException">There are more crowds of nearly one orbit than can be set aside at once: the board is as it was.</exception>
    /// <exception cref="OperationCanceledException">Cancelled: the board is as it was.</exception>
    public BoardUpdate Update(IReadOnlyCollection<OrbitSource> sources, Epoch now, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var former = _state;
            var grid = new BlockGrid(Options, Options.WindowAt(now));
            if (now < former.Log.Last) throw new ArgumentException($"The board is as of {former.Log.Last} and does not go back to {now}.", nameof(now));
            var intake = BoardIntake.Of(sources, former.Intake, Options, grid.Now);
            var (timelines, tally) = (former.Timelines, new BoardTally());
            for (int crowds = 0; ;)
            {
                try
                {
                    timelines = Screen(timelines, intake, grid, tally, progress, cancellationToken);
                }
                catch (CrowdedScreeningException crowd)
                {
                    if (++crowds > CrowdsMax) throw;
                    intake.DropCrowd(crowd);
                    continue;
                }
                if (!intake.DropFaulty()) break;
            }

            var sourceOf = intake.Admitted.Values.ToDictionary(one => one.Number, one => one.Source);
            List<PairApproaches> found = [.. timelines.Values.SelectMany(timeline => PairApproaches.Of(timeline, grid, sourceOf))];
            var log = former.Log.Add(intake.Admitted, grid, now);
            var book = former.Book.Advance(found, intake.Admitted, log, grid, cancellationToken);
            intake.SetAside.Sort(SourceIssues.Compare);
            List<SourceIssue> issues = [.. timelines.Values.SelectMany(timeline => SourceIssues.Of(timeline, grid, sourceOf)), .. intake.SetAside];
            issues.Sort(SourceIssues.Compare);
            _state = new BoardState(grid, intake, timelines, log, book, issues);
            int added = intake.Admitted.Keys.Count(id => !former.Intake.Admitted.ContainsKey(id)), removed = former.Intake.Admitted.Keys.Count(id => !intake.Admitted.ContainsKey(id));
            return new BoardUpdate(now, added, removed, tally.BlocksNew, tally.BlocksAgain, tally.Screened, tally.PairsExamined, book.Assessed, intake.SetAside);
        }
    }

    /// <summary>Forgets everything, histories included: the next update begins anew, at whatever instant. Snapshots that were taken stay as they are.</summary>
    public void Clear()
    {
        lock (_gate) _state = BoardState.Empty;
    }

    /// <summary>Each mode for itself: there is no place where two of them are together.</summary>
    private static Dictionary<DataMode, Timeline> Screen(
        IReadOnlyDictionary<DataMode, Timeline> former, BoardIntake intake, BlockGrid grid, BoardTally tally, IProgress<double>? progress, CancellationToken cancellationToken)
        => intake.Admitted.Values.GroupBy(one => one.Source.Mode).OrderBy(group => group.Key).ToDictionary(group => group.Key, group =>
            (former.GetValueOrDefault(group.Key) ?? Timeline.Empty).Advance([.. group.Select(one => one.Object)], grid, tally, progress, cancellationToken));
}

/// <summary>All that a board knows. Immutable: replaced whole.</summary>
internal sealed record BoardState(
    BlockGrid Grid, BoardIntake Intake, IReadOnlyDictionary<DataMode, Timeline> Timelines, SourceLog Log, PairBook Book, IReadOnlyList<SourceIssue> Issues)
{
    public static BoardState Empty { get; } = new(new BlockGrid(new BoardOptions(), default), BoardIntake.Nothing, new Dictionary<DataMode, Timeline>(), SourceLog.Empty, PairBook.Empty, []);
}
