namespace SsaShare.Formats;

/// <summary>What is complained of, and what a complaint costs.</summary>
internal sealed partial class NdmChecker
{
    private const int MissingMax = 20;

    /// <returns>Whether the event passes: what the standard forbids does in lenient mode, with a notice.</returns>
    private bool Forbid(NdmEvent one, string field, string value, string reason, string remedy)
        => Refuse(one, new NdmFault(field, value, reason, remedy, IsForbidden: true));

    /// <returns>Whether the event passes.</returns>
    private bool Refuse(NdmEvent one, NdmFault fault)
    {
        if (fault.IsForbidden && !IsStrict)
        {
            Report(one.Line, one.Column, IssueSeverity.Notice, fault.Field, fault.Value, fault.Reason, fault.Remedy);
            return true;
        }
        Refuse(one.Line, one.Column, fault.Field, fault.Value, fault.Reason, fault.Remedy);
        return false;
    }

    /// <summary>Refuses the part in which something is wrong, or the line alone where the part has been given already.</summary>
    private void Refuse(long line, int column, string field, string value, string reason, string remedy)
    {
        int unit = _frames.Count - 1;
        while (unit > 0 && _frames[unit].Block is not { IsUnit: true }) unit--;
        string prefix = "";
        if (unit >= 0 && _passedOver == 0 && !_frames[unit].IsGiven)
        {
            prefix = unit == 0 ? "message refused: " : $"{_frames[unit].Block!.Name} refused: ";
            int heldAt = _frames[unit].HeldAt;
            _held.RemoveRange(heldAt, _held.Count - heldAt);
            _passedOver = _frames.Count - unit;
            while (_frames.Count > unit) Pop();
        }
        Report(line, column, IssueSeverity.Refused, field, value, prefix + reason, remedy);
    }

    private void Report(long line, int column, IssueSeverity severity, string field, string value, string reason, string remedy)
    {
        if (IsStopped) return;
        line = Math.Max(1, line);
        if (value.Length > 80) value = value[..80];
        items.Add(FormatItem.Of<NdmEvent>(new ReadIssue(options.FileName, line, severity, field, Shown(value), reason, remedy) { Column = column }));
        if (++_issues < options.MaxIssues) return;
        IsStopped = true;
        items.Add(FormatItem.Of<NdmEvent>(new ReadIssue(options.FileName, line, IssueSeverity.Refused, "file", "", $"{options.MaxIssues} issues; the rest of the file is not read", "correct those first")));
    }

    /// <summary>Safe in a log or on a terminal.</summary>
    private static string Shown(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        return string.Create(text.Length, text, static (shown, source) =>
        {
            for (int i = 0; i < shown.Length; i++) shown[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
        });
    }

    /// <summary>Whether an entry may stand here: once unless it repeats, and in the standard's order.</summary>
    private bool InPlace(Frame frame, NdmEvent one, NdmEntry entry)
    {
        int index = frame.Block!.IndexOf(entry.Name);
        if (frame.Values[index] is { } before && entry is not NdmBlock { IsRepeatable: true })
        {
            if (entry is NdmBlock) return Forbid(one, one.Name, "", "given twice", "give it once");
            bool isSame = before == one.Text;
            Refuse(one, new NdmFault(one.Name, one.Text, isSame ? "given twice" : "given twice, with different values", "give it once", IsForbidden: isSame));
            return false;
        }
        frame.Values[index] = one.Text;
        if (index >= frame.Last || frame.Block.IsUnordered || _message!.Drafts.Contains(_version))
        {
            frame.Last = Math.Max(frame.Last, index);
            return true;
        }
        return Forbid(one, one.Name, one.Text, $"stands after {frame.Block.Entries[frame.Last].Name}", "put it before, in the order of the standard");
    }

    /// <summary>Complains of what is missing in a block that ends.</summary>
    private void Demand(Frame frame)
    {
        if (frame.Block is not { } block) return;
        int found = 0;
        for (int i = 0; i < block.Entries.Length && found < MissingMax; i++)
        {
            var entry = block.Entries[i];
            if (entry.Obligation != NdmObligation.Mandatory || frame.Values[i] is not null || !entry.IsIn(_version)) continue;
            string name = entry is NdmBlock { Name: var missing } inner ? inner.Entries.FirstOrDefault(one => one.Obligation == NdmObligation.Mandatory && one is NdmKeyword)?.Name ?? missing : entry.Name;
            bool isHeader = entry.Name == "header" || block.Name == "header";
            Miss(frame.Start, name, block, isHeader && !IsStrict, ref found);
        }
    }

    private void Miss(NdmEvent start, string name, NdmBlock block, bool passes, ref int found)
    {
        string reason = $"mandatory in {(block.Parent is null ? "the message" : block.Name)} and missing";
        found++;
        if (passes) Report(start.Line, 0, IssueSeverity.Notice, name, "", reason, "add it");
        else Refuse(start.Line, 0, name, "", reason, "add it");
    }
}
