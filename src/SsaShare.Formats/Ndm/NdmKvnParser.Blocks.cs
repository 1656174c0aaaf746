using System.Text;

namespace SsaShare.Formats;

/// <summary>Which block a line belongs to: told by its marks, or by the keyword.</summary>
internal sealed partial class NdmKvnParser
{
    private NdmBlock? Marked(ReadOnlySpan<byte> name)
    {
        if (name.Length > KeywordMax) return null;
        Span<char> text = stackalloc char[KeywordMax];
        return _message!.Marked(text[..Encoding.Latin1.GetChars(name, text)]);
    }

    private void StartMarked(NdmBlock block, long number)
    {
        GiveComments();
        if (_group is not null || (_open is [.., { KvnName: { } name } unended] && !ReferenceEquals(unended, block.Parent)))
            sink.Fault(NdmScope.Unit, number, 0, $"{block.KvnName ?? block.KvnGroup}_START", "", $"the block before it has no {_group?.KvnGroup ?? _open[^1].KvnName}_STOP", "end it");
        _group = null;
        // The metadata begin a segment.
        if (block.KvnName == "META" && block.Parent!.Parent is { } root) CloseTo(root, number);
        if (block.KvnGroup is null) Open(block, number);
        else
        {
            if (IsOpen(block.Parent!)) CloseTo(block.Parent!, number);
            else Open(block.Parent!, number);
            _group = block;
        }
    }

    private void StopMarked(NdmBlock block, long number)
    {
        GiveComments();
        bool isOpen = block.KvnGroup is null ? IsOpen(block) : ReferenceEquals(_group, block);
        if (!isOpen)
        {
            sink.Fault(NdmScope.Row, number, 0, $"{block.KvnName ?? block.KvnGroup}_STOP", "", "nothing to end", "remove it, or add the line that starts it");
            return;
        }
        _group = null;
        if (IsOpen(block)) CloseTo(block.Parent!, number);
    }

    /// <summary>The block whose rows may stand here; opened where nothing marks it.</summary>
    private NdmBlock? RowBlock(long number)
    {
        if (_group is not null) return _open is [.., var top] && ReferenceEquals(top, _group) ? _group : null;
        if (_open is [.., { Rows: NdmRowStyle.StateVector or NdmRowStyle.Line } block]) return block;
        if (_open is [.., { KvnName: not null }]) return null;
        if (!_message!.AllBlocks.Any(one => one.Rows == NdmRowStyle.StateVector) || !_open.Any(one => one.Name == "segment")) return null;
        var data = _message.AllBlocks.First(one => one.Rows == NdmRowStyle.StateVector);
        Open(data, number);
        return data;
    }

    /// <summary>Where a keyword belongs: in an open block, as far as no mark would have to end one, else where the message has it.</summary>
    private NdmBlock? Find(ReadOnlySpan<char> name)
    {
        if (_group?.Keyword(name) is not null) return _group;
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].Keyword(name) is not null) return _open[i];
            if (_open[i].KvnName is not null) return null;
        }
        return _group is null ? _message!.Home(name) : null;
    }

    private void Enter(NdmBlock block, NdmKeyword? keyword, long number)
    {
        if (keyword is { Begins: 1 } && IsOpen(block) && CountIn(block) > 0) CloseTo(block.Parent!, number);
        if (keyword is { Begins: 2 } && IsOpen(block.Parent!) && CountIn(block.Parent!) > 0) CloseTo(block.Parent!.Parent!, number);
        if (IsOpen(block)) CloseTo(block, number);
        else Open(block, number);
    }

    private void Open(NdmBlock block, long number)
    {
        var parent = block.Parent!;
        if (parent.Parent is null) CloseTo(parent, number);
        else if (IsOpen(parent)) CloseTo(parent, number);
        else Open(parent, number);
        if (_counts.Count > 0) _counts[^1]++;
        _open.Add(block);
        _counts.Add(0);
        sink.Event(NdmEvent.BlockStart(block.Name, number));
    }

    private void CloseTo(NdmBlock block, long number)
    {
        while (_open.Count > 0 && !ReferenceEquals(_open[^1], block))
        {
            sink.Event(NdmEvent.BlockEnd(_open[^1].Name, number));
            _open.RemoveAt(_open.Count - 1);
            _counts.RemoveAt(_counts.Count - 1);
        }
    }

    private bool IsOpen(NdmBlock block) => _open.Exists(one => ReferenceEquals(one, block));

    private int CountIn(NdmBlock block) => _counts[_open.FindIndex(one => ReferenceEquals(one, block))];
}
