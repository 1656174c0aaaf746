namespace SsaShare.Signing;

/// <summary>Signs the concatenation of two parts; one implementation per algorithm.</summary>
internal interface IPrivateKeyOperations : IDisposable
{
    byte[] Sign(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    /// <summary>The public key in the form that <see cref="VerificationKey"/> takes.</summary>
    byte[] ExportPublicKey();

    /// <summary>DER of PKCS#8 PrivateKeyInfo. The caller wipes it.</summary>
    byte[] ExportPkcs8();
}

/// <summary>Checks a signature over the concatenation of two parts; one implementation per algorithm.</summary>
internal interface IPublicKeyOperations
{
    bool Verify(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> signature);
}
