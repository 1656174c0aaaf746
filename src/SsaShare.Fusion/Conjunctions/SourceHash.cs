using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SsaShare.Domain;

namespace SsaShare.Fusion;

/// <summary>SHA-256 over fields, each with its length before it where lengths vary.</summary>
internal sealed class SourceHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private SourceHash(string label) => Add(label);

    public static OrbitSourceId Of(OrbitSource source)
    {
        using var hash = new SourceHash("ssashare/orbit-source/v1");
        hash.Add(source.Line);
        hash.Add(source.Designation.CatalogNumber ?? 0);
        hash.Add(source.Designation.CosparId);
        hash.Add(source.Designation.Own?.Owner.Value);
        hash.Add(source.Designation.Own?.Name);
        hash.Add(source.AsOf.NanosecondsSinceJ2000);
        hash.Add(source.Published.NanosecondsSinceJ2000);
        hash.Add(source.Encounter.HardBodyRadiusKm ?? double.NaN);
        hash.Add(source.Volume?.RadiusKm ?? double.NaN);
        foreach (double half in (ReadOnlySpan<double>)[source.Volume?.HalfSizesKm?.X ?? double.NaN, source.Volume?.HalfSizesKm?.Y ?? double.NaN, source.Volume?.HalfSizesKm?.Z ?? double.NaN]) hash.Add(half);
        hash.Add(source.Basis.Length);
        foreach (var record in source.Basis) hash.Add(record);
        var (high, low) = hash.Finish();
        return new OrbitSourceId(high, low);
    }

    /// <param name="anchor">Of the first approach that the reader may see; null for pairs that move together, which are one event for good.</param>
    public static ConjunctionEventId OfEvent(SourceLine first, SourceLine second, (OrbitSourceId First, OrbitSourceId Second, Epoch Tca)? anchor)
    {
        using var hash = new SourceHash("ssashare/conjunction-event/v1");
        hash.Add(first);
        hash.Add(second);
        if (anchor is { } at)
        {
            hash.Add(at.First.ToString());
            hash.Add(at.Second.ToString());
            hash.Add(at.Tca.NanosecondsSinceJ2000);
        }
        var (high, low) = hash.Finish();
        return new ConjunctionEventId(high, low);
    }

    public void Dispose() => _hash.Dispose();

    private void Add(SourceLine line)
    {
        Add((long)line.Mode);
        Add(line.ObjectKey);
        Add(line.Originator?.Value);
        Add((long)line.Kind);
        Add(line.IsPlanned ? 1 : 0);
    }

    private void Add(string? text)
    {
        byte[] bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        Add(text is null ? -1 : bytes.Length);
        _hash.AppendData(bytes);
    }

    private void Add(RecordId record)
    {
        Span<byte> bytes = stackalloc byte[RecordId.Size];
        record.CopyTo(bytes);
        _hash.AppendData(bytes);
    }

    private void Add(double value) => Add(BitConverter.DoubleToInt64Bits(value));

    private void Add(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        _hash.AppendData(bytes);
    }

    private (UInt128 High, UInt128 Low) Finish()
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(bytes);
        return (BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]));
    }
}
