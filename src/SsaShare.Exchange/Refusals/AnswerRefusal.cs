using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>What there is to say of an answer that was refused, and to whom it can be proven.</summary>
public static class AnswerRefusal
{
    /// <param name="manifest">As received; null when there was none that could be read.</param>
    /// <param name="expected">What was asked for, and what was stored last.</param>
    /// <param name="keys">Of the partners pinned here.</param>
    /// <param name="reason">Which check failed.</param>
    /// <returns>The manifest is kept where the provider signed it, for whomever; with what was stored last it may contradict itself.</returns>
    public static (RefusedAnswer Refused, Equivocation? Proof, ManifestContradiction Contradiction) Of(SignedDocument? manifest, ExpectedAnswer expected, IKeyBook keys, string reason)
    {
        if (manifest is null || !DocumentJson.TryRead<ManifestDocument>(manifest.Payload.Span, DocumentContexts.Manifest, out var document)
            || !keys.Verify(expected.Provider, manifest, DocumentContexts.Manifest, document.Watermark))
            return (new RefusedAnswer(expected.Agreement, expected.Provider, reason), null, ManifestContradiction.None);
        var contradiction = expected.State.LastManifest is { } last ? ManifestContradictions.Find(last, manifest) : ManifestContradiction.None;
        // Whoever reads the proof verifies it by what the manifests say of themselves: it is none where that fails here already.
        var proof = contradiction.IsProof() ? Equivocation.Of(expected.State.LastManifest!, manifest) : null;
        if (proof is not null && (document.Provider != expected.Provider || !proof.Verify(keys, out _, out _))) (proof, contradiction) = (null, ManifestContradiction.None);
        return (new RefusedAnswer(expected.Agreement, expected.Provider, reason, manifest.ToJson()), proof, contradiction);
    }
}
