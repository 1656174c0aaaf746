using System.Buffers;
using System.Text;

namespace SsaShare.Formats;

/// <summary>Takes a line in UTF-8, without its end, and the line of the file that it comes from.</summary>
internal delegate void NdmLineSink(ReadOnlySpan<byte> line, long source);

/// <summary>Makes lines of KVN of the events of messages. Used by one thread at a time.</summary>
internal sealed class NdmKvnLines(NdmLineSink lines)
{
    private readonly ArrayBufferWriter<byte> _line = new(256);
    private readonly Stack<NdmBlock?> _open = new();
    private NdmMessage? _message;
    private NdmBlock? _group;
    private int _triangle;

    public void Event(NdmEvent one)
    {
        if (_group is not null && one.Kind is not (NdmEventKind.Field or NdmEventKind.Comment) && one.Name != _group.Name) EndGroup(one.Line);
        switch (one.Kind)
        {
            case NdmEventKind.MessageStart:
                _message = NdmTables.Find(one.Name);
                _open.Clear();
                _open.Push(_message?.Root);
                Give($"CCSDS_{one.Name.ToUpperInvariant()}_VERS = ", one.Text, null, one.Line);
                break;
            case NdmEventKind.MessageEnd:
                _message = null;
                break;
            case NdmEventKind.BlockStart when _message is not null: Start(one); break;
            case NdmEventKind.BlockEnd when _message is not null: End(one); break;
            case NdmEventKind.Comment: Give(one.Text.Length == 0 ? "COMMENT" : "COMMENT ", one.Text, null, one.Line); break;
            case NdmEventKind.Field when _message is not null: Field(one); break;
            case NdmEventKind.Row when _open.TryPeek(out var block) && block is { Rows: NdmRowStyle.Observation }: Give($"{one.Name} = ", one.Text, null, one.Line); break;
            case NdmEventKind.Row: Give("", one.Text, null, one.Line); break;
        }
    }

    private void Start(NdmEvent one)
    {
        _open.TryPeek(out var parent);
        var block = parent?.Block(one.Name);
        if (block is { KvnName: { } name }) Give(name, "_START", null, one.Line);
        if (block is { KvnGroup: { } group } && _group is null)
        {
            Give(group, "_START", null, one.Line);
            _group = block;
        }
        _triangle = 0;
        _open.Push(block);
    }

    private void End(NdmEvent one)
    {
        _open.TryPop(out var block);
        if (block is { KvnName: { } name }) Give(name, "_STOP", null, one.Line);
    }

    private void EndGroup(long source)
    {
        Give(_group!.KvnGroup!, "_STOP", null, source);
        _group = null;
    }

    private void Field(NdmEvent one)
    {
        if (!_open.TryPeek(out var block) || block is not { Rows: NdmRowStyle.Triangle } || block.RowKeyword(one.Name) is null)
        {
            Give($"{one.Name} = ", one.Text, one.Unit, one.Line);
            return;
        }
        // Entries of a triangle become its lines: the first of each begins one, the one on the diagonal ends it.
        int row = 0;
        while ((row + 1) * (row + 2) / 2 <= _triangle) row++;
        Append(one.Text);
        _triangle++;
        if (_triangle < (row + 1) * (row + 2) / 2) Append(" ");
        else Flush(one.Line);
    }

    private void Give(string head, string text, string? unit, long source)
    {
        Append(head);
        Append(text);
        if (unit is not null)
        {
            Append(" [");
            Append(unit);
            Append("]");
        }
        Flush(source);
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, _line);

    private void Flush(long source)
    {
        lines(_line.WrittenSpan, source);
        _line.ResetWrittenCount();
    }
}
