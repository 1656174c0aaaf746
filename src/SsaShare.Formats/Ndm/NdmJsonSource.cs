using System.Runtime.CompilerServices;
using System.Text.Json;

namespace SsaShare.Formats;

/// <summary>The loop from a stream of JSON by a parser to items, waiting for the stream or not. Depth and the size of one token are limited.</summary>
/// <param name="items">To which the sink adds.</param>
internal sealed class NdmJsonSource<TItem>(Stream stream, INdmSink sink, List<TItem> items)
{
    private const int BatchSize = 256, TokenMax = 1 << 20, DepthMax = 24;
    private readonly NdmJsonParser _parser = new(sink);
    private byte[] _buffer = new byte[64 * 1024];
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = DepthMax });
    private int _start, _end, _lineStart, _counted;
    private long _line = 1;
    private bool _isFinal, _isFirst = true;

    /// <exception cref="IOException">The stream fails.</exception>
    public IEnumerable<TItem> Read()
    {
        while (true)
        {
            items.Clear();
            bool goes = Parse(out bool needsData);
            for (int i = 0; i < items.Count; i++) yield return items[i];
            if (!goes) yield break;
            if (needsData) Filled(stream.Read(_buffer, _end, _buffer.Length - _end));
        }
    }

    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the stream.</exception>
    public async IAsyncEnumerable<TItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            items.Clear();
            bool goes = Parse(out bool needsData);
            for (int i = 0; i < items.Count; i++) yield return items[i];
            if (!goes) yield break;
            if (needsData) Filled(await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken));
        }
    }

    /// <returns>False when all has been read.</returns>
    private bool Parse(out bool needsData)
    {
        needsData = false;
        if (_isFirst && _end >= 3)
        {
            _isFirst = false;
            if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8)) _start = _lineStart = _counted = 3;
        }
        if (_end == 0 && !_isFinal)
        {
            needsData = true;
            return true;
        }
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
        try
        {
            while (!sink.IsStopped && items.Count < BatchSize)
            {
                if (!reader.Read())
                {
                    if (_isFinal) return End();
                    needsData = true;
                    break;
                }
                Count(_start + (int)reader.TokenStartIndex);
                _parser.Token(ref reader, _line, _start + (int)reader.TokenStartIndex - _lineStart + 1);
            }
        }
        catch (JsonException e)
        {
            sink.Stop(_line, 0, "file", "", "not well-formed JSON", e.BytePositionInLine is { } at ? $"correct it, near byte {at + 1} of its line" : "correct it");
        }
        if (sink.IsStopped) return End();
        Count(_start + (int)reader.BytesConsumed);
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        return !needsData || Compact();
    }

    /// <summary>Makes room at the end of the buffer.</summary>
    private bool Compact()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_lineStart, _counted) = (_lineStart - _start, _counted - _start);
        (_start, _end) = (0, _end - _start);
        if (_end < _buffer.Length) return true;
        if (_buffer.Length >= TokenMax)
        {
            sink.Stop(_line, 0, "file", "", $"a text of more than {TokenMax} bytes", "check that this is a navigation data message");
            return End();
        }
        Array.Resize(ref _buffer, _buffer.Length * 2);
        return true;
    }

    private void Filled(int count)
    {
        _end += count;
        _isFinal = count == 0;
    }

    /// <summary>Counts the lines up to a place in the buffer.</summary>
    private void Count(int place)
    {
        var between = _buffer.AsSpan(_counted, place - _counted);
        int last = between.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            _line += between.Count((byte)'\n');
            _lineStart = _counted + last + 1;
        }
        _counted = place;
    }

    private bool End()
    {
        _parser.Complete(_line);
        return false;
    }
}
