using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>A bundle that was read, with the name that the auditor gave it.</summary>
internal sealed record NamedLog(string Name, AuditedLog Log)
{
    public PartnerId Partner => Log.Partner;

    /// <summary>Until when the bundle speaks for its node: its last entry, or later when it says that it was made later.</summary>
    public Epoch Until => Log.ExportedAt > Log.LastTime ? Log.ExportedAt : Log.LastTime;

    /// <summary>Whether the log goes on for so long after a time that what happened then must be in it.</summary>
    public bool Covers(Epoch time) => Until > time.Plus(AuditedLog.LongestDelay);

    /// <summary>Whether the bundle shows all that was exchanged with a partner under an agreement, from the first entry to the last.</summary>
    public bool ShowsChains(PartnerId peer, AgreementId agreement) => !Log.Scope.CutsChains && Concerns(peer, agreement);

    /// <summary>Whether the bundle shows what was exchanged with a partner around a time.</summary>
    /// <param name="agreement">Under which; null: under whichever.</param>
    public bool Shows(PartnerId peer, AgreementId? agreement, Epoch time)
    {
        var margin = AuditedLog.LongestDelay + ClockComparison.Skew;
        return Log.Scope.Record is null && Concerns(peer, agreement)
            && (Log.Scope.From is not { } from || time > from.Plus(margin))
            && (Log.Scope.Until is not { } until || time.Plus(margin) < until);
    }

    public FindingPlace At(long? entry) => new(Name, entry);

    private bool Concerns(PartnerId peer, AgreementId? agreement)
        => (Log.Scope.Peer is not { } one || one == peer) && (Log.Scope.Agreement is not { } under || under == agreement);
}

/// <summary>Takes what comparing finds.</summary>
internal sealed class FindingList
{
    public List<Finding> Findings { get; } = [];
    public List<string> Notes { get; } = [];

    public void Add(FindingKind kind, NamedLog log, long? entry, string explanation, Hash256? manifest = null, RecordPlace? record = null)
        => Findings.Add(new Finding(kind, log.At(entry), record, manifest, explanation));

    public void Add(FindingKind kind, NamedLog log, AuditedManifest manifest, string explanation, RecordPlace? record = null)
        => Add(kind, log, manifest.Entry.Index, explanation, manifest.Id, record);

    public void Note(string note) => Notes.Add(note);
}
