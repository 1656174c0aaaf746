using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace SsaShare.Signing;

/// <summary>Ed25519 of OpenSSL's libcrypto (1.1.1 or later), the library that .NET itself needs on Linux.</summary>
/// <remarks>
/// Thread-safe: key handles are only read after they are made, and every call has its own digest context.
/// Calls: EVP_PKEY_new(3), EVP_DigestSignInit(3) and EVP_DigestVerifyInit(3) of the OpenSSL manual.
/// </remarks>
internal static partial class LibCrypto
{
    public const int SeedSize = 32, PublicKeySize = 32, SignatureSize = 64;

    private const string Library = "libcrypto";
    private const int EvpPkeyEd25519 = 1087;
    private static readonly string[] FileNames = ["libcrypto.so.3", "libcrypto.so.4", "libcrypto.so.1.1", "libcrypto.3.dylib"];

    static LibCrypto() => NativeLibrary.SetDllImportResolver(typeof(LibCrypto).Assembly, Resolve);

    public static EvpKeyHandle PrivateKey(ReadOnlySpan<byte> seed)
        => Valid(EVP_PKEY_new_raw_private_key(EvpPkeyEd25519, 0, seed, (nuint)seed.Length));

    public static EvpKeyHandle PublicKey(ReadOnlySpan<byte> publicKey)
        => Valid(EVP_PKEY_new_raw_public_key(EvpPkeyEd25519, 0, publicKey, (nuint)publicKey.Length));

    public static byte[] ExportPublicKey(EvpKeyHandle key)
    {
        var bytes = new byte[PublicKeySize];
        nuint length = PublicKeySize;
        Succeeded(EVP_PKEY_get_raw_public_key(key, bytes, ref length));
        return bytes;
    }

    public static void ExportSeed(EvpKeyHandle key, Span<byte> seed)
    {
        nuint length = (nuint)seed.Length;
        Succeeded(EVP_PKEY_get_raw_private_key(key, seed, ref length));
    }

    public static byte[] Sign(EvpKeyHandle key, ReadOnlySpan<byte> message)
    {
        using EvpContextHandle context = Valid(EVP_MD_CTX_new());
        var signature = new byte[SignatureSize];
        nuint length = SignatureSize;
        Succeeded(EVP_DigestSignInit(context, 0, 0, 0, key));
        Succeeded(EVP_DigestSign(context, signature, ref length, message, (nuint)message.Length));
        return signature;
    }

    public static bool Verify(EvpKeyHandle key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using EvpContextHandle context = Valid(EVP_MD_CTX_new());
        Succeeded(EVP_DigestVerifyInit(context, 0, 0, 0, key));
        bool verified = EVP_DigestVerify(context, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1;
        if (!verified)
        {
            // A refused signature may leave an entry in this thread's error queue, where .NET would find it later.
            ERR_clear_error();
        }

        return verified;
    }

    private static T Valid<T>(T handle)
        where T : SafeHandle
    {
        Succeeded(handle.IsInvalid ? 0 : 1);
        return handle;
    }

    private static void Succeeded(int result)
    {
        if (result != 1)
        {
            ERR_clear_error();
            throw new CryptographicException("libcrypto refused an Ed25519 operation.");
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        nint library = 0;
        _ = name == Library && FileNames.Any(file => NativeLibrary.TryLoad(file, assembly, path, out library));
        return library;
    }

    [LibraryImport(Library)]
    private static partial EvpKeyHandle EVP_PKEY_new_raw_private_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library)]
    private static partial EvpKeyHandle EVP_PKEY_new_raw_public_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_get_raw_private_key(EvpKeyHandle key, Span<byte> bytes, ref nuint length);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_get_raw_public_key(EvpKeyHandle key, Span<byte> bytes, ref nuint length);

    [LibraryImport(Library)]
    private static partial EvpContextHandle EVP_MD_CTX_new();

    [LibraryImport(Library)]
    private static partial int EVP_DigestSignInit(EvpContextHandle context, nint keyContext, nint digest, nint engine, EvpKeyHandle key);

    [LibraryImport(Library)]
    private static partial int EVP_DigestSign(EvpContextHandle context, Span<byte> signature, ref nuint signatureLength,
        ReadOnlySpan<byte> message, nuint messageLength);

    [LibraryImport(Library)]
    private static partial int EVP_DigestVerifyInit(EvpContextHandle context, nint keyContext, nint digest, nint engine, EvpKeyHandle key);

    [LibraryImport(Library)]
    private static partial int EVP_DigestVerify(EvpContextHandle context, ReadOnlySpan<byte> signature, nuint signatureLength,
        ReadOnlySpan<byte> message, nuint messageLength);

    [LibraryImport(Library)]
    private static partial void ERR_clear_error();

    [LibraryImport(Library)]
    private static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library)]
    private static partial void EVP_MD_CTX_free(nint context);

    internal sealed class EvpKeyHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            EVP_PKEY_free(handle);
            return true;
        }
    }

    internal sealed class EvpContextHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            EVP_MD_CTX_free(handle);
            return true;
        }
    }
}
