using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>The board as of one update. Immutable: readers use it while the next update is under way.</summary>
public sealed class BoardSnapshot
{
    private readonly BoardState _state;

    internal BoardSnapshot(BoardState state) => _state = state;

    /// <summary>Where the window begins: the last of its steps before the update.</summary>
    public Epoch Now => _state.Grid.Now;

    /// <summary>Approaches before this instant are known.</summary>
    public Epoch Until => _state.Grid.Until;

    /// <summary>What is screened, for whomever; for the operator's eyes.</summary>
    public IReadOnlyCollection<OrbitSource> Sources => [.. _state.Intake.Admitted.Values.Select(one => one.Source).Order(VisibleSources.InOrder)];

    /// <summary>What is not screened, and why; for the operator's eyes.</summary>
    public IReadOnlyList<SourceIssue> SetAside => _state.Intake.SetAside;

    /// <summary>
    /// What one reader is told: the approaches of the newest sources that this reader may see, and their histories as they would be had nothing else been on the board. Costs a look at every pair; answers may be shared among readers of equal permissions.
    /// </summary>
    /// <param name="maySeeRecord">Whether a record may take part in an answer to this reader now; asked once for each record. A source counts where all of its records may.</param>
    public ReaderConjunctions ForReader(Func<RecordId, bool> maySeeRecord) => ReaderComposer.Compose(_state.Log, _state.Book, _state.Issues, _state.Grid, maySeeRecord);
}
