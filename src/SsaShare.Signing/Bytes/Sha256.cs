using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SsaShare.Signing;

/// <summary>SHA-256 of a few hundred bytes at a time, as records and trees of hashes need it several times for each record.</summary>
/// <remarks>
/// .NET's own way asks libcrypto for a digest context at every call, which takes four times as long as hashing 100 bytes. Here the functions are called
/// that keep their state in the caller's memory: SHA256_Init(3) of the OpenSSL manual. Where they are missing, or give another answer than .NET, .NET hashes.
/// </remarks>
public static unsafe class Sha256
{
    /// <summary>Longer inputs go to .NET: the garbage collector waits for the calls below.</summary>
    private const int DirectMax = 4_096;

    /// <summary>Twice what SHA256_CTX takes.</summary>
    private const int ContextSize = 224;

    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, int> Init;
    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, byte*, nuint, int> Update;
    private static readonly delegate* unmanaged[SuppressGCTransition]<byte*, byte*, int> Final;
    private static readonly bool IsDirect;

    static Sha256()
    {
        // Not of libcrypto 1.1: a build for FIPS ends the process there.
        if (!NativeLibrary.TryLoad("libcrypto.so.3", out nint library) || !NativeLibrary.TryGetExport(library, "SHA256_Init", out nint init)
            || !NativeLibrary.TryGetExport(library, "SHA256_Update", out nint update) || !NativeLibrary.TryGetExport(library, "SHA256_Final", out nint final)) return;
        Init = (delegate* unmanaged[SuppressGCTransition]<byte*, int>)init;
        Update = (delegate* unmanaged[SuppressGCTransition]<byte*, byte*, nuint, int>)update;
        Final = (delegate* unmanaged[SuppressGCTransition]<byte*, byte*, int>)final;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        IsDirect = TryHashDirectly("ssashare"u8, hash) && hash.SequenceEqual(SHA256.HashData("ssashare"u8));
    }

    /// <param name="data">Any length.</param>
    /// <param name="hash">At least 32 bytes; takes the hash.</param>
    /// <exception cref="ArgumentException">There is no room for 32 bytes.</exception>
    public static void HashData(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        if (!IsDirect || data.Length > DirectMax || hash.Length < SHA256.HashSizeInBytes || !TryHashDirectly(data, hash)) SHA256.HashData(data, hash);
    }

    private static bool TryHashDirectly(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        byte* context = stackalloc byte[ContextSize];
        fixed (byte* input = data)
        fixed (byte* output = hash)
            return Init(context) == 1 && Update(context, input, (nuint)data.Length) == 1 && Final(output, context) == 1;
    }
}
