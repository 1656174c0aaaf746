namespace SsaShare.Exchange;

/// <summary>Whether a receiver took what came when the agreement had ended by its own account. That the provider gave it in time, its own log shows.</summary>
internal static class AgreementTimes
{
    public static void CheckReceived(AuditedManifest manifest, NamedLog receiver, FindingList found)
    {
        // A pull that is on its way when the agreement ends may still come in.
        var arrived = manifest.Entry.Time;
        if (receiver.Log.Agreements.Holds(manifest.Document.Agreement) && !receiver.Log.Agreements.WasActiveWithin(manifest.Document.Agreement, arrived.Plus(-AuditedLog.LongestDelay), arrived))
            found.Add(FindingKind.OutOfAgreement, receiver, manifest, $"{manifest} of '{receiver.Partner}', {manifest.Chain}: it was taken at {arrived}, when the agreement had not been active for {AuditedLog.LongestDelay} by the receiver's own log");
    }
}
