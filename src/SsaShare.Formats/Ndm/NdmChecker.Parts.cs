namespace SsaShare.Formats;

/// <summary>Parts that are kept or refused whole: what of them is held, and how deep a refused one still is.</summary>
internal sealed partial class NdmChecker
{
    /// <summary>Whether a field that no table has may stay: one of the user's where such are taken, any in lenient mode.</summary>
    private bool IsExtra(Frame frame, NdmEvent one)
    {
        bool isUserDefined = frame.Block is { TakesUserDefined: true } && one.Name.StartsWith("USER_DEFINED_", StringComparison.Ordinal);
        if (!isUserDefined && !Forbid(one, one.Name, one.Text, $"not a keyword of {Named(frame)}", "correct or remove it")) return false;
        if (!NdmValues.IsName(one.Name)) return Refuse(one, new NdmFault(Shown(one.Name), one.Text, "not a name", "name it in letters, digits, _, - and ."));
        if (!IsPrintable(one)) return false;
        if (frame.Extras.TryAdd(one.Name, one.Text)) return true;
        bool isSame = frame.Extras[one.Name] == one.Text;
        Refuse(one, new NdmFault(one.Name, one.Text, isSame ? "given twice" : "given twice, with different values", "give it once", IsForbidden: isSame));
        return false;
    }

    /// <summary>What stands before the first row is all that can be asked of the block's keywords.</summary>
    private bool OpenRows(Frame frame)
    {
        Demand(frame);
        if (_passedOver > 0 || (_rules?.Opened(frame.Block!, frame.Start) is { } fault && !Refuse(frame.Start, fault))) return false;
        frame.HasRows = true;
        Give();
        return true;
    }

    private void Leave()
    {
        while (_frames.Count > 0) Pop();
        _held.Clear();
        (_message, _rules) = (null, null);
    }

    private void Push(NdmBlock? block, NdmEvent one)
    {
        var frame = _spare.Count > 0 ? _spare.Pop() : new Frame();
        frame.Reset(block, one, _held.Count);
        _frames.Add(frame);
        Hold(one);
    }

    private void Pop()
    {
        _spare.Push(_frames[^1]);
        _frames.RemoveAt(_frames.Count - 1);
    }

    private void Hold(NdmEvent one)
    {
        if (_frames[^1].IsGiven) items.Add(FormatItem.Of(one, one.Line));
        else _held.Add(one);
    }

    /// <summary>Gives what was held: nothing can take it back any more.</summary>
    private void Give()
    {
        foreach (var one in _held) items.Add(FormatItem.Of(one, one.Line));
        _held.Clear();
        foreach (var frame in _frames) frame.IsGiven = true;
    }

    private void PassOver(NdmEvent one)
    {
        if (one.Kind is NdmEventKind.BlockStart) _passedOver++;
        else if (one.Kind is NdmEventKind.BlockEnd) _passedOver--;
        else if (one.Kind is NdmEventKind.MessageEnd)
        {
            _passedOver = 0;
            Leave();
        }
    }

    private string Named(Frame frame) => frame.Block is null ? "this place" : $"{_message!.Name.ToUpperInvariant()}{(frame.Block.Parent is null ? "" : $" {frame.Block.Name}")}";
}
