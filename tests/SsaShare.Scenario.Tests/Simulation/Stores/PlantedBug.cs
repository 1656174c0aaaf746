namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>Mistakes that a store can make. The simulation must find each: otherwise it looks at nothing.</summary>
internal enum PlantedBug
{
    None,

    /// <summary>Feed positions come from a sequence, not in the order of commits: a reader goes past one that commits late.</summary>
    SkipsLateCommit,

    /// <summary>The cursor is moved in one transaction, the records follow in another.</summary>
    CursorBeforeRecords,

    /// <summary>Records that are here already are stored again.</summary>
    NoDedupe,
}
