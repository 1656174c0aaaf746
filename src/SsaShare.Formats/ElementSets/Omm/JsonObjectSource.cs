using System.Buffers;

namespace SsaShare.Formats;

internal enum JsonFind
{
    /// <summary>An object from brace to brace.</summary>
    Object,
    /// <summary>Bytes that are no such object, or one that is not closed: <see cref="JsonObjectSource.Fault"/> says why.</summary>
    Broken,
    /// <summary>The objects stand as they should not: a comma too many or none, no array around them. Nothing is lost.</summary>
    Misplaced,
    /// <summary>Call <see cref="JsonObjectSource.Fill"/> and ask again.</summary>
    NeedsData,
    /// <summary>Nothing follows.</summary>
    End,
}

/// <summary>
/// Cuts a stream of JSON into the flat objects of its array (or the one object that it is) within one buffer of fixed size. What is damaged ends where the
/// next object begins. Used by one thread at a time; an object's bytes are good until the next call.
/// </summary>
internal sealed class JsonObjectSource(Stream stream)
{
    /// <summary>Longest object taken, bytes.</summary>
    public const int ObjectBytesMax = RefusedPart.TextBytesMax;

    private const int ReadSize = 64 * 1024;
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}"u8), InText = SearchValues.Create("\"\\\n"u8), AfterJunk = SearchValues.Create("{]"u8);
    private readonly byte[] _buffer = new byte[ObjectBytesMax + ReadSize];
    private int _start, _end, _scanned, _lastLength;
    private long _lineNow = 1, _columnNow = 1;
    private bool _ended, _inText, _begun, _inArray;
    private Place _place;

    /// <summary>Between which parts of the array the source stands.</summary>
    private enum Place
    {
        Begin,
        First,
        AfterObject,
        AfterComma,
        /// <summary>After an object that is in no array.</summary>
        Alone,
        End,
    }

    /// <summary>Nothing but blanks and what does not belong here has come.</summary>
    public bool IsAtBegin => _place == Place.Begin;

    /// <summary>Where the find begins, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <inheritdoc cref="Line"/>
    public int Column { get; private set; } = 1;

    /// <summary>Why it is broken or misplaced.</summary>
    public string Fault { get; private set; } = "";

    public JsonFind Next(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        while (true)
        {
            if (_scanned == 0)
            {
                if (!_begun && !Begin()) return JsonFind.NeedsData;
                var rest = Rest;
                int blanks = rest.IndexOfAnyExcept(" \t\r\n"u8);
                Consume(blanks < 0 ? rest.Length : blanks);
                if (blanks < 0) return !_ended ? JsonFind.NeedsData : AtEnd();
                (Line, Column) = (_lineNow, (int)Math.Min(_columnNow, int.MaxValue));
                if (Rest[0] != '{')
                {
                    if (Step(Rest[0])) continue;
                    return Junk(out bytes) ?? JsonFind.NeedsData;
                }
                if (Misplaced()) return JsonFind.Misplaced;
                _scanned = 1;
                _inText = false;
            }
            var found = Scan(out bytes);
            if (found is { } one) return one;
            if (!_ended) return JsonFind.NeedsData;
            bytes = UpToNext(Rest);
            bool isLast = bytes.Length == Rest.Length;
            Break(bytes.Length, isLast ? "cut off by the end of the file" : "a brace or quote is not closed");
            if (isLast) _place = Place.End;
            return JsonFind.Broken;
        }
    }

    /// <summary>The object last given is not one: what follows it is looked for behind its first brace.</summary>
    /// <returns>How many bytes of it are passed over.</returns>
    public int Reject()
    {
        var last = _buffer.AsSpan(_start - _lastLength, _lastLength);
        int passed = UpToNext(last).Length;
        if (passed == _lastLength) return passed;
        _start -= _lastLength;
        (_lineNow, _columnNow) = (Line, Column);
        Consume(passed);
        _place = Place.AfterComma;
        return passed;
    }

    public void Fill()
    {
        Compact();
        Filled(stream.Read(_buffer, _end, _buffer.Length - _end));
    }

    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        Compact();
        Filled(await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken));
    }

    private ReadOnlySpan<byte> Rest => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Passes over a byte order mark.</summary>
    /// <returns>False when more bytes are needed to tell.</returns>
    private bool Begin()
    {
        if (Rest.StartsWith("\uFEFF"u8)) _start += 3;
        else if (!_ended && "\uFEFF"u8.StartsWith(Rest)) return false;
        _begun = true;
        return true;
    }

    /// <summary>Goes on from where the last call ran out of bytes. Looks no further than the longest object reaches, however much there is, so that the same is found wherever the stream is cut.</summary>
    private JsonFind? Scan(out ReadOnlySpan<byte> bytes)
    {
        var rest = Rest[..Math.Min(Rest.Length, ObjectBytesMax + 1)];
        bytes = default;
        while (_scanned < rest.Length)
        {
            int at = rest[_scanned..].IndexOfAny(_inText ? InText : Structure);
            if (at < 0)
            {
                _scanned = rest.Length;
                break;
            }
            at += _scanned;
            switch (rest[at])
            {
                case (byte)'\\':
                    if (at + 1 >= rest.Length)
                    {
                        _scanned = at;
                        return TooLong(rest, out bytes);
                    }
                    _scanned = at + 2;
                    continue;
                case (byte)'"':
                    _inText = !_inText;
                    break;
                case (byte)'\n':
                    _inText = false;
                    break;
                case (byte)'{':
                    bytes = rest[..at];
                    return Break(at, "an object within an object, or a closing brace is missing");
                default:
                    bytes = rest[..(at + 1)];
                    (_lastLength, _scanned) = (at + 1, 0);
                    Consume(at + 1);
                    return JsonFind.Object;
            }
            _scanned = at + 1;
        }
        return TooLong(rest, out bytes);
    }

    private JsonFind? TooLong(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (rest.Length <= ObjectBytesMax) return null;
        bytes = UpToNext(rest);
        return Break(bytes.Length, $"longer than {ObjectBytesMax} bytes, or a quote is not closed");
    }

    /// <summary>Up to where the next object may begin.</summary>
    private static ReadOnlySpan<byte> UpToNext(ReadOnlySpan<byte> found)
    {
        int next = found[1..].IndexOf((byte)'{');
        return next < 0 ? found : found[..(next + 1)];
    }

    private JsonFind Break(int length, string fault)
    {
        (Fault, _scanned, _place) = (fault, 0, Place.AfterComma);
        Consume(length);
        return JsonFind.Broken;
    }

    /// <summary>One of the signs between objects, where it belongs.</summary>
    private bool Step(byte sign)
    {
        var next = (sign, _place) switch
        {
            ((byte)'[', Place.Begin) => Place.First,
            ((byte)',', Place.AfterObject) => Place.AfterComma,
            ((byte)']', Place.First or Place.AfterObject) => Place.End,
            _ => (Place?)null,
        };
        if (next is not { } place) return false;
        _place = place;
        _inArray = place != Place.End;
        Consume(1);
        return true;
    }

    /// <summary>Whether an object does not belong here; the next time it does.</summary>
    private bool Misplaced()
    {
        bool belongs = _place is Place.Begin or Place.First or Place.AfterComma;
        Fault = _place switch
        {
            Place.AfterObject => "a comma is missing between objects",
            Place.Alone => "objects one after another without an array",
            Place.End => "an object behind the end of the array",
            _ => "",
        };
        _place = !belongs ? Place.AfterComma : _inArray ? Place.AfterObject : Place.Alone;
        return !belongs;
    }

    /// <summary>What is neither an object nor a sign between objects, up to where one may begin.</summary>
    /// <returns>Null when its end has not come yet.</returns>
    private JsonFind? Junk(out ReadOnlySpan<byte> bytes)
    {
        var rest = Rest[..Math.Min(Rest.Length, ReadSize)];
        bool isSign = rest[0] is (byte)',' or (byte)']';
        int end = isSign ? 1 : rest[1..].IndexOfAny(AfterJunk) + 1;
        bytes = default;
        if (end <= 0)
        {
            if (rest.Length < ReadSize && !_ended) return null;
            end = rest.Length;
        }
        bytes = rest[..end];
        Fault = isSign ? "a comma or bracket too many" : "neither an object nor an array of objects";
        if (rest[0] == ']') _place = Place.End;
        else if (!isSign && _place is not Place.Begin) _place = Place.AfterComma;
        Consume(end);
        return isSign ? JsonFind.Misplaced : JsonFind.Broken;
    }

    private JsonFind AtEnd()
    {
        (Line, Column) = (_lineNow, (int)Math.Min(_columnNow, int.MaxValue));
        if (_inArray && _place != Place.End)
        {
            _place = Place.End;
            Fault = "the file ends within the array";
            return JsonFind.Broken;
        }
        return JsonFind.End;
    }

    private void Consume(int length)
    {
        var consumed = _buffer.AsSpan(_start, length);
        int last = consumed.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            _lineNow += consumed.Count((byte)'\n');
            _columnNow = length - last;
        }
        else _columnNow += length;
        _start += length;
    }

    private void Compact()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
    }

    private void Filled(int count)
    {
        _end += count;
        _ended = count == 0;
    }
}
