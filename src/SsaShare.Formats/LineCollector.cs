using System.Buffers;

namespace SsaShare.Formats;

/// <summary>Lines put together, up to a limit. Used by one thread at a time.</summary>
internal sealed class LineCollector(int bytesMax = RefusedPart.TextBytesMax)
{
    private readonly ArrayBufferWriter<byte> _lines = new();

    public bool IsEmpty => _lines.WrittenCount == 0;

    /// <summary>A line did not fit; nothing was taken from then on.</summary>
    public bool IsCut { get; private set; }

    public void Add(ReadOnlySpan<byte> line)
    {
        IsCut |= line.Length + 1 > bytesMax - _lines.WrittenCount;
        if (IsCut) return;
        _lines.Write(line);
        _lines.Write("\n"u8);
    }

    public void Clear()
    {
        _lines.ResetWrittenCount();
        IsCut = false;
    }

    public ReadOnlySpan<byte> Lines => _lines.WrittenSpan;
}
