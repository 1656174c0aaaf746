namespace SsaShare.Exchange;

/// <summary>Receipts for notices and deletions that one has from the other are in the other's log, where each was kept before it was sent.</summary>
internal static class NoticeComparison
{
    /// <param name="log">Who holds them.</param>
    /// <param name="signer">Who signed them.</param>
    public static void Compare(NamedLog log, NamedLog signer, FindingList found)
    {
        // A bundle of one agreement shows only some of the notices.
        if (signer.Log.Scope.Agreement is not null) return;
        foreach (var (id, (_, time, entry)) in log.Log.Notices.Received.Where(one => one.Value.Signer == signer.Partner && !signer.Log.Notices.Signed.Contains(one.Key)))
        {
            if (signer.LostAt(time) is { } restore) found.Lost(restore, log, entry, signer, "receipts for notices and deletions");
            else if (signer.Covers(time))
                found.Add(signer.IfAbsent(time, FindingKind.Missing), log, entry, $"'{log.Partner}' holds the receipt or deletion {id.ToString()[..16]} of '{signer.Partner}', whose log does not");
            else found.Note($"The receipt or deletion {id.ToString()[..16]} of '{signer.Partner}' is newer than its bundle, or left out of it: export that again and compare.");
        }
    }
}
