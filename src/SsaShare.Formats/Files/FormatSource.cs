using System.Text;

namespace SsaShare.Formats;

/// <summary>
/// A file as its format's reader wants it, whatever it came as: gzip and zstd are undone (in one another twice at most), UTF-16 and UTF-32 become UTF-8, a byte order mark is
/// dropped. XML is left in its own encoding, which its parser finds out. In constant memory; nothing is read ahead but the head.
/// </summary>
public sealed partial class FormatSource : IDisposable
{
    private readonly CountedStream _packed;
    private readonly FormatSourceOptions _options;
    private readonly List<string> _layers = [];
    private Stream _stream;
    private HeadStream _looked;
    private TextStream? _text;

    private FormatSource(Stream stream, FormatSourceOptions? options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _options = options ?? new FormatSourceOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.MaxBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.MaxRatio, nameof(options));
        _packed = new CountedStream(stream);
        _stream = _looked = new HeadStream(_packed, FileFormat.HeadBytes);
    }

    /// <summary>The first bytes, decompressed and in UTF-8 without a byte order mark: at most <see cref="FileFormat.HeadBytes"/>, or all that there are.</summary>
    public ReadOnlyMemory<byte> Head { get; private set; }

    /// <summary>What a reader reads. Its own failures are <see cref="IOException"/>s, of which <see cref="Read{T}"/> makes issues.</summary>
    public Stream Stream => _stream;

    /// <summary>As found in the file itself, packed or not.</summary>
    public long BytesRead => _packed.Bytes;

    /// <summary>How the file was compressed and encoded, outermost first: gzip, UTF-16LE.</summary>
    public string Description => string.Join(", ", _layers);

    /// <summary>Why not even the beginning could be had; null when it could.</summary>
    public ReadIssue? Refusal(string fileName) => Failure?.ToIssue(fileName, 1);

    /// <summary>It could not be read to its end.</summary>
    public bool IsBroken { get; internal set; }

    internal SourceException? Failure { get; private set; }

    /// <summary>For issues that are about the bytes: lines whose end was given, and the first byte that was not UTF-8.</summary>
    internal (long Lines, (long Line, byte Value)? NotUtf8) Text => (_text?.Lines ?? 0, _text?.NotUtf8);

    /// <param name="stream">Stays the caller's.</param>
    /// <exception cref="IOException">The stream fails.</exception>
    public static FormatSource Open(Stream stream, FormatSourceOptions? options = null)
    {
        var source = new FormatSource(stream, options);
        do
        {
            try
            {
                source._looked.Look();
            }
            catch (SourceException e)
            {
                source.Fail(e);
            }
        }
        while (source.Unpack());
        return source;
    }

    /// <inheritdoc cref="Open"/>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the stream.</exception>
    public static async ValueTask<FormatSource> OpenAsync(Stream stream, FormatSourceOptions? options = null, CancellationToken cancellationToken = default)
    {
        var source = new FormatSource(stream, options);
        do
        {
            try
            {
                await source._looked.LookAsync(cancellationToken);
            }
            catch (SourceException e)
            {
                source.Fail(e);
            }
        }
        while (source.Unpack());
        return source;
    }

    /// <summary>Reads the file as one of a format; what is wrong with its bytes is told among the items.</summary>
    /// <exception cref="ArgumentException">The format is only written.</exception>
    public IFormatReader<T> Read<T>(FileFormat<T> format, FormatReadOptions options) where T : class
    {
        if (format.Open is not { } open) throw new ArgumentException($"{format.Name} is not read.", nameof(format));
        return new SourceReader<T>(this, open(_stream, options), options);
    }

    /// <summary>The caller's stream is left open.</summary>
    public void Dispose() => _stream.Dispose();

    private void Fail(SourceException failure) => Failure = failure;

    /// <summary>Undoes one compression, or else sees to the encoding.</summary>
    /// <returns>Whether there is something new to look at.</returns>
    private bool Unpack()
    {
        if (Failure is not null) return false;
        if (_text is not null)
        {
            Head = _looked.Head;
            return false;
        }
        var head = _looked.Head.Span;
        if (Compression.Of(head) is not { } compression) return Decode(TextEncodings.Of(head));
        if (_layers.Count == FormatSourceOptions.LayersMax)
        {
            Fail(new SourceException(compression.Name, $"compressed more than {FormatSourceOptions.LayersMax} times", "compress it once"));
            return false;
        }
        _layers.Add(compression.Name);
        LookAt(new ExpandedStream(compression.Open(_stream), _packed, compression.Name, _options));
        return true;
    }

    private bool Decode(TextForm form)
    {
        if (_layers.Count == 0 || form.Name != "UTF-8") _layers.Add(form.Name);
        if (form.IsXml)
        {
            Head = TextEncodings.ToUtf8(_looked.Head.Span, form, FileFormat.HeadBytes);
            _stream = _text = new TextStream(_stream, checksUtf8: false);
            return false;
        }
        bool endsLinesWithCr = TextEncodings.EndsLinesWithCr(_looked.Head.Span, form);
        _looked.Skip(form.MarkBytes);
        if (form.Encoding is { } encoding) _stream = new ExpandedStream(Encoding.CreateTranscodingStream(_stream, encoding, Encoding.UTF8), _packed, form.Name, _options);
        _text = new TextStream(_stream, checksUtf8: form.Encoding is null, endsLinesWithCr);
        LookAt(_text);
        return true;
    }

    private void LookAt(Stream stream) => _stream = _looked = new HeadStream(stream, FileFormat.HeadBytes);
}
