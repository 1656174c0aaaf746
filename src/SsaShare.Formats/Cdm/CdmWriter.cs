namespace SsaShare.Formats;

/// <summary>What is written into the states of conjunction data messages.</summary>
public enum CdmStateFrame
{
    /// <summary>States as they are kept: GCRF or ITRF. Read again, they are the same to the last bit.</summary>
    AsKept = 0,
    /// <summary>States in GCRF are turned to EME2000, which some readers want; by the frame bias of 23 mas, 0.8 m in low orbit. Covariances stay: their axes turn along.</summary>
    Eme2000 = 1,
}

/// <summary>Writes conjunction messages as CCSDS 508.0-B-1, version 1.0, in the syntax of the writer that it is given: every block that the message has figures for. Used by one thread at a time.</summary>
/// <remarks>
/// What <see cref="CdmReader"/> has read it writes so that it reads the same again, to the last bit: figures get the fewest digits that do so. Comments of an object stand at the beginning of its data,
/// where KVN and XML alike keep them apart from those of the whole message.
/// </remarks>
/// <param name="to">For example <see cref="NdmFormats.Of"/>("cdm", ...).Create. Completed by whoever made it.</param>
/// <param name="options">The name that issues carry.</param>
/// <param name="frame">Of the states.</param>
public sealed class CdmWriter(IFormatWriter<NdmEvent> to, FormatWriteOptions options, CdmStateFrame frame = CdmStateFrame.AsKept) : IFormatWriter<ConjunctionMessage>
{
    private static readonly NdmMessage Message = CdmTable.Message;

    private readonly List<NdmEvent> _events = [];

    /// <summary>Writes a whole message, or nothing of it.</summary>
    public ReadIssue? Write(ConjunctionMessage value)
    {
        CdmFields whole = CdmFields.Of(value), first = CdmFields.Of(value.First, "OBJECT1", value.Approach.Time, frame), second = CdmFields.Of(value.Second, "OBJECT2", value.Approach.Time, frame);
        if ((whole.Fault ?? first.Fault ?? second.Fault) is { } fault) return new ReadIssue(options.FileName, 1, IssueSeverity.Refused, fault.Keyword, fault.Value, fault.Reason, "correct it");
        _events.Clear();
        _events.Add(NdmEvent.MessageStart(Message.Name, "1.0"));
        foreach (var block in Message.Root.Entries.OfType<NdmBlock>())
        {
            if (block.Name != "segment")
            {
                Put(block, whole, block.Name == "relativeMetadataData");
                continue;
            }
            foreach (var part in (CdmFields[])[first, second])
            {
                _events.Add(NdmEvent.BlockStart(block.Name));
                foreach (var inner in block.Entries.OfType<NdmBlock>()) Put(inner, part, inner.Name == "data");
                _events.Add(NdmEvent.BlockEnd(block.Name));
            }
        }
        _events.Add(NdmEvent.MessageEnd(Message.Name));
        foreach (var one in _events)
            if (to.Write(one) is { } issue) return issue;
        return null;
    }

    public void Complete()
    {
        // The writer is the caller's; each message is ended already.
    }

    private void Put(NdmBlock block, CdmFields part, bool hasComments)
    {
        int start = _events.Count;
        _events.Add(NdmEvent.BlockStart(block.Name));
        if (hasComments)
            foreach (string comment in part.Comments) _events.Add(NdmEvent.Comment(comment));
        foreach (var entry in block.Entries)
        {
            if (entry is NdmBlock inner) Put(inner, part, hasComments: false);
            else if (entry.Since.Length == 0 && part.Find(entry.Name) is { } field) _events.Add(NdmEvent.Field(entry.Name, field.Text, field.Unit));
        }
        if (_events.Count == start + 1) _events.RemoveAt(start);
        else _events.Add(NdmEvent.BlockEnd(block.Name));
    }
}
