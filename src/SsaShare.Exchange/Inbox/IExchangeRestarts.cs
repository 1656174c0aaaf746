using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Begins anew with a provider whose feed is not the one that this node's cursors are of.</summary>
public interface IExchangeRestarts
{
    /// <summary>
    /// Forgets how far this node has come with a provider under one agreement, in every lane and priority, with a log entry for each stream. What was received stays, and what comes
    /// again is not stored again. Receipts that have not gone out are not sent any more: they are for manifests that the provider does not know.
    /// </summary>
    /// <param name="by">Whose decision it is, at most <see cref="RestartEvent.TextMax"/> characters.</param>
    /// <param name="reason">For people, as long.</param>
    /// <param name="last">Only while one of the streams stands after this manifest, so that who sees the same from several streams does it once; null for wherever they stand.</param>
    /// <returns>How many streams were begun anew; 0 when nothing was received before.</returns>
    Task<int> RestartAsync(AgreementId agreement, PartnerId provider, string by, string reason, Hash256? last, CancellationToken cancellationToken);
}
