namespace SsaShare.Exchange.Tests;

/// <summary>A lie that somebody who has a node's keys can tell, planted into an otherwise honest history.</summary>
/// <param name="Name">Of the fault.</param>
/// <param name="IsFoundAlone">Whether the bundle of the one who lies fails by itself; otherwise it takes a second one; null: that depends on what else is in the log.</param>
/// <param name="Plant">Plants it between atlantic and pacific, and says what must be found.</param>
internal sealed record PlantedFault(string Name, bool? IsFoundAlone, Func<TestHistory, ExpectedFinding> Plant)
{
    /// <summary>Whether it shows in bundles of one peer too: these show each manifest once, however often the log has it.</summary>
    public bool IsInParts { get; init; } = true;

    public override string ToString() => Name;
}

/// <summary>What must be found.</summary>
/// <param name="Kind">As what.</param>
/// <param name="At">In whose bundle the proof stands.</param>
/// <param name="Entry">In which entry; null when it is about the bundle as a whole.</param>
/// <param name="Record">About which record; null when it is about none.</param>
/// <param name="By">Whose bundle lies; by default that of <paramref name="At"/>.</param>
internal sealed record ExpectedFinding(FindingKind Kind, TestPartner At, long? Entry, RecordPlace? Record = null, TestPartner? By = null)
{
    public bool Matches(Finding finding, string bundle) => finding.Kind == Kind && finding.Where == new FindingPlace(bundle, Entry) && (Record is null || finding.Record == Record);
}
