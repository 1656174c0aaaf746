using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// What a provider signs when it does not answer a pull of a reader that it knows: so "denied" is told from "nothing to report", which is a manifest, and from "cut off", where
/// nobody signs anything. The same document is given for a minute; a newer one says that it still is so.
/// </summary>
/// <param name="Type">"ssashare/denial/v1".</param>
/// <param name="Agreement">Under which nothing is given.</param>
/// <param name="Provider">Who signs.</param>
/// <param name="Receiver">To whom.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When it was signed, by the provider's clock.</param>
/// <param name="Manifest">The last manifest that the reader's cursor names; null where it has none, or its cursor cannot be used.</param>
public sealed record DenialDocument(string Type, AgreementId Agreement, PartnerId Provider, PartnerId Receiver, DenialReason Reason, Epoch At, Hash256? Manifest = null) : IOpenDocument
{
    public static SignedDocument Sign(SigningKey key, AgreementId agreement, PartnerId provider, PartnerId receiver, DenialReason reason, Epoch at, Hash256? manifest)
        => SignedDocument.Sign(key, DocumentContexts.Denial, DocumentJson.Write(new DenialDocument(DocumentContexts.Denial.Text, agreement, provider, receiver, reason, at, manifest)));

    /// <summary>Checks a denial that came with a refusal. Total.</summary>
    /// <param name="received">Any signed document.</param>
    /// <param name="now">The receiver's clock.</param>
    /// <param name="fault">Why null is returned.</param>
    /// <returns>Null when it is not this provider's word to this receiver under this agreement.</returns>
    public static DenialDocument? Open(SignedDocument received, AgreementId agreement, PartnerId provider, PartnerId receiver, IKeyBook keys, Epoch now, out string fault)
    {
        fault = !DocumentJson.TryRead<DenialDocument>(received.Payload.Span, DocumentContexts.Denial, out var denial) || denial.Reason == DenialReason.Unspecified ? "The denial is not a well-formed document."
            : (denial.Agreement, denial.Provider, denial.Receiver) != (agreement, provider, receiver) ? "The denial names another agreement or other parties."
            : denial.At > PublishedAge.Reached(now, FeedLanes.ClockLeadMax) ? $"The denial is dated {denial.At}: more than {FeedLanes.ClockLeadMax} ahead of the clock here."
            : !keys.Verify(provider, received, DocumentContexts.Denial, denial.At) ? "The denial's signature is not the provider's."
            : "";
        return fault.Length == 0 ? denial : null;
    }
}
