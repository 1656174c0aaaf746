namespace SsaShare.Signing;

/// <summary>One signature of an envelope.</summary>
/// <param name="KeyHint">The signer's key id as the envelope states it; not authenticated, may be empty.</param>
/// <param name="Signature">The signature bytes.</param>
public sealed record DsseSignature(string KeyHint, ReadOnlyMemory<byte> Signature);
