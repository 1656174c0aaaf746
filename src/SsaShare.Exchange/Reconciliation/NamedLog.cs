using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>A bundle that was read, with the name that the auditor gave it.</summary>
internal sealed record NamedLog(string Name, AuditedLog Log)
{
    public PartnerId Partner => Log.Partner;

    /// <summary>Until when the bundle speaks for its node: by its own word, or until the auditor asked for it.</summary>
    public Epoch Until => Log.AsOf > Log.Until ? Log.AsOf.Value : Log.Until;

    /// <summary>Whether the log goes on for so long after a time that what happened then must be in it.</summary>
    public bool Covers(Epoch time) => LostAt(time) is null && Until > time.Plus(AuditedLog.LongestDelay);

    /// <summary>The restore from a backup by which what the log held of that time may be lost; null for none.</summary>
    public KeyEvent? LostAt(Epoch time) => AuditedRestores.LostAt(Log, time);

    /// <summary>What it means that something of a time that is covered is not in the log: where only the auditor's word covers it, that the log ends before.</summary>
    public FindingKind IfAbsent(Epoch time, FindingKind kind) => Log.Until > time.Plus(AuditedLog.LongestDelay) ? kind : FindingKind.Truncated;

    public NoteVerifier? LogKey(PartnerId partner, string origin, long size) => Log.Cards.LogKey(partner, origin, size);

    public NoteVerifier? WitnessKey(PartnerId partner, Epoch at) => Log.Cards.WitnessKey(partner, at);

    public FindingPlace At(long? entry) => new(Name, entry);
}
