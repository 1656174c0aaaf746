using System.Text;

namespace SsaShare.Formats;

/// <summary>Remembers the last text, since most lines of a file share it.</summary>
internal sealed class RecentText
{
    private byte[] _bytes = [];
    private string _text = "";

    public string Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.SequenceEqual(_bytes)) return _text;
        _bytes = bytes.ToArray();
        return _text = Encoding.Latin1.GetString(bytes);
    }
}
