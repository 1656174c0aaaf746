using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SsaShare.Signing;

/// <summary>Attributes of an object in native memory, wiped at the end.</summary>
internal sealed unsafe class Pkcs11Template : IDisposable
{
    private readonly int _valueBytes;
    private byte* _values;

    public Pkcs11Template(params ReadOnlySpan<(nuint Type, byte[] Value)> attributes)
    {
        foreach ((_, byte[] value) in attributes)
        {
            _valueBytes += value.Length;
        }

        Count = (nuint)attributes.Length;
        Attributes = (CkAttribute*)NativeMemory.Alloc(Count + 1, (nuint)sizeof(CkAttribute));
        _values = (byte*)NativeMemory.Alloc((nuint)_valueBytes + 1);
        byte* next = _values;
        for (int i = 0; i < attributes.Length; i++)
        {
            (nuint type, byte[] value) = attributes[i];
            Attributes[i] = new CkAttribute { Type = type, Value = next, Length = (nuint)value.Length };
            value.CopyTo(new Span<byte>(next, value.Length));
            next += value.Length;
        }
    }

    public CkAttribute* Attributes { get; private set; }

    public nuint Count { get; }

    public static byte[] Number(nuint value) => MemoryMarshal.AsBytes(new ReadOnlySpan<nuint>(in value)).ToArray();

    public static byte[] Flag(bool value) => [value ? (byte)1 : (byte)0];

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(new Span<byte>(_values, _valueBytes));
        NativeMemory.Free(_values);
        NativeMemory.Free(Attributes);
        _values = null;
        Attributes = null;
    }
}
