namespace SsaShare.Formats;

/// <summary>
/// Checks the events of messages by their tables and gives on what may pass, with an issue for what may not. A part that is refused is passed over whole: a message
/// that is not streamed, a segment for its metadata, a block, a row. Used by one thread at a time.
/// </summary>
internal sealed partial class NdmChecker(FormatReadOptions options, List<FormatItem<NdmEvent>> items) : INdmSink
{
    /// <summary>Most events of a part that is kept or refused whole.</summary>
    private const int HeldMax = 100_000;

    private readonly List<Frame> _frames = [];
    private readonly Stack<Frame> _spare = new();
    private readonly List<NdmEvent> _held = [];
    private NdmMessage? _message;
    private NdmRules? _rules;
    private string _version = "";
    private bool _isCombined;
    private int _issues;

    /// <summary>The times at hand are in UTC, as they are in headers, or their system was not told yet.</summary>
    private bool _mayLeap = true;

    /// <summary>How many blocks, the message among them, have to end before events count again.</summary>
    private int _passedOver;

    public bool IsStopped { get; private set; }

    private bool IsStrict => options.Mode == ReadMode.Strict;

    /// <summary>A block whose end has not come yet.</summary>
    private sealed class Frame
    {
        public NdmBlock? Block;
        public string?[] Values = [];
        public readonly Dictionary<string, string> Extras = new(StringComparer.Ordinal);
        public NdmEvent Start = null!;
        public int Last, HeldAt;
        public bool IsGiven, HasRows;

        public void Reset(NdmBlock? block, NdmEvent start, int heldAt)
        {
            int entries = block?.Entries.Length ?? 0;
            if (Values.Length < entries) Values = new string?[entries];
            else Array.Clear(Values);
            if (Extras.Count > 0) Extras.Clear();
            (Block, Start, Last, HeldAt, IsGiven, HasRows) = (block, start, -1, heldAt, false, false);
        }
    }

    public void Event(NdmEvent one)
    {
        if (IsStopped) return;
        if (_passedOver > 0)
        {
            PassOver(one);
            return;
        }
        switch (one.Kind)
        {
            case NdmEventKind.MessageStart: StartMessage(one); break;
            case NdmEventKind.BlockStart: StartBlock(one); break;
            case NdmEventKind.Field: Field(one); break;
            case NdmEventKind.Row: Row(one); break;
            case NdmEventKind.Comment: Comment(one); break;
            case NdmEventKind.BlockEnd: EndBlock(one); break;
            case NdmEventKind.MessageEnd: EndMessage(one); break;
        }
        if (_held.Count > HeldMax) Stop(one.Line, one.Column, "file", "", $"a part of more than {HeldMax} lines", "send less in one message");
    }

    public void Fault(NdmScope scope, long line, int column, string field, string value, string reason, string remedy)
    {
        if (IsStopped || _passedOver > 0) return;
        if (scope == NdmScope.Unit && _frames.Count > 0) Refuse(line, column, field, value, reason, remedy);
        else Report(line, column, IssueSeverity.Refused, field, value, reason, remedy);
    }

    public void Stop(long line, int column, string field, string value, string reason, string remedy)
    {
        if (IsStopped) return;
        Report(line, column, IssueSeverity.Refused, field, value, reason, remedy);
        IsStopped = true;
    }

    /// <summary>Ends what has been given and was not ended, where reading was stopped.</summary>
    public void Complete(long line)
    {
        _held.Clear();
        for (int i = _frames.Count - 1; i >= 0; i--)
        {
            if (!_frames[i].IsGiven) continue;
            string name = _frames[i].Start.Name;
            items.Add(FormatItem.Of(i == 0 ? NdmEvent.MessageEnd(name, line) : NdmEvent.BlockEnd(name, line), line));
        }
        _frames.Clear();
        if (_isCombined) items.Add(FormatItem.Of(NdmEvent.BlockEnd("ndm", line), line));
    }

    private void StartMessage(NdmEvent one)
    {
        _message = NdmTables.Find(one.Name)!;
        (_version, _mayLeap) = (one.Text, true);
        _rules = NdmRules.For(_message, _version);
        Push(_message.Root, one);
        if (!_message.Versions.Contains(one.Text))
            Refuse(one.Line, one.Column, _message.VersionKeyword, one.Text, "not a version that is read", $"send {string.Join(", ", _message.Versions)}");
    }

    private void StartBlock(NdmEvent one)
    {
        if (_message is null)
        {
            _isCombined = true;
            items.Add(FormatItem.Of(one, one.Line));
            return;
        }
        var parent = _frames[^1];
        var block = parent.Block?.Block(one.Name);
        bool passes = block is null ? Forbid(one, one.Name, "", $"not a block of {Named(parent)}", "remove it")
            : !block.IsIn(_version) ? Forbid(one, one.Name, "", $"not a block of version {_version}", "remove it")
            : InPlace(parent, one, block);
        if (_passedOver > 0 || !passes)
        {
            _passedOver++;
            return;
        }
        if (block is { Name: "data" } && _message.IsStreamed) Give();
        if (block is { Name: "metadata" }) _mayLeap = true;
        if (block is not null) _rules?.Started(block);
        Push(block, one);
    }

    private void Field(NdmEvent one)
    {
        if (_message is null)
        {
            // A combined message has an id of its own.
            if (IsPrintable(one)) items.Add(FormatItem.Of(one, one.Line));
            return;
        }
        var frame = _frames[^1];
        var keyword = frame.Block?.Keyword(one.Name);
        if (keyword is null)
        {
            if (IsExtra(frame, one)) Hold(one);
            return;
        }
        if (!keyword.IsIn(_version) && !Forbid(one, one.Name, one.Text, $"not a keyword of version {_version}", keyword.Since.Length > 0 ? $"remove it, or send version {keyword.Since}" : "remove it")) return;
        if (!InPlace(frame, one, keyword) || !IsValue(one, keyword)) return;
        if (_rules?.Field(frame.Block!, keyword, one) is { } fault && !Refuse(one, fault)) return;
        if (keyword.Type == NdmType.TimeSystem) _mayLeap = one.Text.Equals("UTC", StringComparison.OrdinalIgnoreCase);
        Hold(one);
    }

    private void Row(NdmEvent one)
    {
        var frame = _frames[^1];
        if (frame.Block is null or { Rows: NdmRowStyle.None })
        {
            Report(one.Line, one.Column, IssueSeverity.Refused, one.Name, one.Text, $"no values stand in {Named(frame)}", "remove the line");
            return;
        }
        if (!frame.HasRows && !OpenRows(frame)) return;
        if ((RowFault(frame.Block, one) ?? _rules?.Row(frame.Block, one)) is { } fault)
        {
            bool passes = fault.IsForbidden && !IsStrict;
            Report(one.Line, one.Column, passes ? IssueSeverity.Notice : IssueSeverity.Refused, fault.Field, fault.Value, fault.Reason, fault.Remedy);
            if (!passes) return;
        }
        items.Add(FormatItem.Of(one, one.Line));
    }

    private void Comment(NdmEvent one)
    {
        if (!IsPrintable(one)) return;
        if (_message is null) items.Add(FormatItem.Of(one, one.Line));
        else Hold(one);
    }

    private void EndBlock(NdmEvent one)
    {
        if (_message is null)
        {
            _isCombined = false;
            items.Add(FormatItem.Of(one, one.Line));
            return;
        }
        var frame = _frames[^1];
        if (!frame.HasRows) Demand(frame);
        if (_passedOver == 0 && frame.Block is not null && _rules?.Ended(frame.Block, frame.HasRows, frame.Start) is { } fault) Refuse(frame.Start, fault);
        if (_passedOver > 0)
        {
            PassOver(one);
            return;
        }
        Hold(one);
        Pop();
        if (_frames[^1].IsGiven || (frame.Block is { IsUnit: true } && _message.IsStreamed)) Give();
    }

    private void EndMessage(NdmEvent one)
    {
        var frame = _frames[^1];
        Demand(frame);
        if (_passedOver == 0 && _rules?.Ended(frame.Block!, false, frame.Start) is { } fault) Refuse(frame.Start, fault);
        if (_passedOver > 0)
        {
            PassOver(one);
            return;
        }
        // Of a streamed message whose segments were all refused nothing is left.
        if (!_message!.IsStreamed || frame.IsGiven)
        {
            Hold(one);
            Give();
        }
        Leave();
    }
}
