namespace SsaShare.Formats;

/// <summary>Writes messages in KVN, one after another.</summary>
internal sealed class NdmKvnWriter : NdmWriter
{
    private const int FlushSize = 64 * 1024;
    private readonly Stream _stream;
    private readonly NdmKvnLines _lines;
    private readonly byte[] _buffer = new byte[FlushSize];
    private int _length;
    private bool _isInMessage;

    public NdmKvnWriter(Stream stream, FormatWriteOptions options, string? only) : base(options, only)
    {
        _stream = stream;
        _lines = new NdmKvnLines((line, _) =>
        {
            Append(line);
            Append("\n"u8);
        });
    }

    public override void Complete()
    {
        _stream.Write(_buffer, 0, _length);
        _length = 0;
        _stream.Flush();
    }

    protected override ReadIssue? Cannot(NdmEvent one)
    {
        if (one.Kind == NdmEventKind.MessageStart) _isInMessage = true;
        else if (one.Kind == NdmEventKind.MessageEnd) _isInMessage = false;
        return one.Kind != NdmEventKind.Field || _isInMessage ? null
            : Refused(one, one.Name, "belongs to a combined message, which has no KVN", "nothing to do: the messages in it are written") with { Severity = IssueSeverity.Notice, Value = one.Text };
    }

    protected override void Put(NdmEvent one)
    {
        if (!IsOfFile(one)) _lines.Event(one);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > FlushSize)
        {
            _stream.Write(_buffer, 0, _length);
            _length = 0;
        }
        if (bytes.Length > FlushSize)
        {
            _stream.Write(bytes);
            return;
        }
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }
}
