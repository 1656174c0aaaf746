using System.Text;
using ZstdSharp;

namespace SsaShare.Formats;

/// <summary>What another layer makes of compressed or encoded bytes, held to the limits, with everything that it may throw turned into a <see cref="SourceException"/>.</summary>
/// <param name="inner">The layer; disposed of with this.</param>
/// <param name="packed">Counts what the file itself has given.</param>
/// <param name="name">Of the layer, for people.</param>
internal sealed class ExpandedStream(Stream inner, CountedStream packed, string name, FormatSourceOptions options) : ReadOnlyStream
{
    /// <summary>Small files may well be repetitive; what they grow to does no harm.</summary>
    private const long RatioFromBytes = 16 << 20;

    private long _bytes;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Checked(inner.Read(buffer));
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged();
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Checked(await inner.ReadAsync(buffer, cancellationToken));
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private static bool IsDamage(Exception e) => e is InvalidDataException or EndOfStreamException or ZstdException or DecoderFallbackException;

    private SourceException Damaged() => new(name, "damaged or cut off here", "transfer the file again, whole");

    private int Checked(int count)
    {
        _bytes += count;
        if (_bytes > options.MaxBytes)
            throw new SourceException(name, $"expands to more than {options.MaxBytes:N0} bytes", "split the file");
        if (_bytes > RatioFromBytes && _bytes / options.MaxRatio > packed.Bytes)
            throw new SourceException(name, $"expands to more than {options.MaxRatio:N0} times its size", "send it less compressed, or not at all");
        return count;
    }
}
