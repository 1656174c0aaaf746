using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Carried terms' exact bytes with their hash, made once for all the records that carry them.</summary>
public sealed record SealedTerms(ReadOnlyMemory<byte> Bytes, CarriedTerms Parsed)
{
    public Hash256 Hash { get; } = Hash256.Of(Bytes.Span);

    public static SealedTerms Seal(CarriedTerms terms) => new(terms.ToJson(), terms);
}
