using System.Globalization;

namespace SsaShare.Signing;

/// <summary>A token that is away, refuses, or has not what was asked of it.</summary>
public sealed class Pkcs11Exception : IOException
{
    public Pkcs11Exception()
    {
    }

    public Pkcs11Exception(string message)
        : base(message)
    {
    }

    public Pkcs11Exception(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal Pkcs11Exception(string function, nuint code)
        : base($"The token refused {function}: {Name(code)}.") => Code = code;

    /// <summary>The token's return value (CKR_...); 0 when the fault is not the token's.</summary>
    internal nuint Code { get; }

    /// <summary>Whether another session may do better: the token, its session or the library's state went away.</summary>
    internal bool IsOfTheConnection => Code is 0x05 or 0x06 or 0x30 or 0x32 or 0x60 or 0x82 or 0xB0 or 0xB3 or 0xE0 or 0x101 or 0x190;

    private static string Name(nuint code) => code switch
    {
        0x05 => "general error",
        0x06 => "function failed",
        0x30 => "device error",
        0x32 => "device removed",
        0x60 => "the key is gone",
        0x70 => "the token has no such mechanism",
        0x82 => "the object is gone",
        0xA0 => "the PIN is wrong",
        0xA4 => "the PIN is locked",
        0xB0 => "the session was closed",
        0xB3 => "no such session",
        0xD0 => "the template lacks something",
        0xD1 => "the template contradicts itself",
        0xE0 => "no token is there",
        0xE2 => "the token is write-protected",
        0x101 => "nobody is logged in",
        0x190 => "the module is not initialized",
        _ => string.Create(CultureInfo.InvariantCulture, $"error 0x{code:x}"),
    };
}
