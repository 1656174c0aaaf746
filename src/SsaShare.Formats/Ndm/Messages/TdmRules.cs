namespace SsaShare.Formats;

/// <summary>Paths lead over participants, modes have their paths, angles and corrections say what they are, and the time of each keyword goes forward: 503.0-B-2 sections 3.3 to 3.5.</summary>
internal sealed class TdmRules : NdmRules
{
    private readonly Dictionary<string, NdmEvent> _metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NdmTime> _last = new(StringComparer.Ordinal);

    public override void Started(NdmBlock block)
    {
        if (block.Name != "segment") return;
        _metadata.Clear();
        _last.Clear();
    }

    public override NdmFault? Field(NdmBlock block, NdmKeyword keyword, NdmEvent one)
    {
        if (block.Name == "metadata") _metadata[one.Name] = one;
        return null;
    }

    public override NdmFault? Row(NdmBlock block, NdmEvent one)
    {
        if (NdmTime.Read(one.Text.AsSpan(0, one.Text.IndexOf(' ', StringComparison.Ordinal)), out var time) is not null) return null;
        if (_last.TryGetValue(one.Name, out var last) && time <= last)
            return new NdmFault(one.Name, one.Text, time == last ? "a second value for one epoch" : "earlier than the line before it", time == last ? "give one" : "put it in order", IsForbidden: time < last);
        _last[one.Name] = time;
        bool isAngle = one.Name is "ANGLE_1" or "ANGLE_2";
        return isAngle && !_metadata.ContainsKey("ANGLE_TYPE") ? new NdmFault(one.Name, one.Text, "ANGLE_TYPE is missing in the metadata", "add it") : null;
    }

    public override NdmFault? Ended(NdmBlock block, bool hasRows, NdmEvent start)
    {
        if (block.Name != "metadata") return null;
        if (!_metadata.Keys.Any(name => name.StartsWith("PARTICIPANT_", StringComparison.Ordinal))) return Missing("PARTICIPANT_1", "name who took part");
        if (PathFault() is { } fault) return fault;
        if (Is("ANGLE_TYPE", "RADEC") && !_metadata.ContainsKey("REFERENCE_FRAME")) return Missing("REFERENCE_FRAME", "right ascensions need it") with { IsForbidden = true };
        bool hasCorrections = _metadata.Keys.Any(name => name.StartsWith("CORRECTION_", StringComparison.Ordinal));
        return hasCorrections && !_metadata.ContainsKey("CORRECTIONS_APPLIED") ? Missing("CORRECTIONS_APPLIED", "tell whether the corrections are in the data") : null;
    }

    private NdmFault? PathFault()
    {
        bool hasPath = _metadata.ContainsKey("PATH"), hasFirst = _metadata.ContainsKey("PATH_1"), hasSecond = _metadata.ContainsKey("PATH_2");
        if (Is("MODE", "SEQUENTIAL") && !hasPath) return Missing("PATH", "MODE = SEQUENTIAL needs it");
        if (Is("MODE", "SINGLE_DIFF") && !(hasFirst && hasSecond)) return Missing(hasFirst ? "PATH_2" : "PATH_1", "MODE = SINGLE_DIFF needs both");
        if (hasPath && (hasFirst || hasSecond)) return new NdmFault("PATH", _metadata["PATH"].Text, "given together with PATH_1 or PATH_2", "give PATH, or both of the others");
        foreach (string name in (ReadOnlySpan<string>)["PATH", "PATH_1", "PATH_2"])
        {
            if (!_metadata.TryGetValue(name, out var path)) continue;
            string[] stops = path.Text.Split(',', StringSplitOptions.TrimEntries);
            if (stops.Length < 2) return new NdmFault(name, path.Text, "fewer than two participants", "give those that the signal passes, in order");
            foreach (string stop in stops)
                if (!_metadata.ContainsKey($"PARTICIPANT_{stop}")) return new NdmFault(name, path.Text, $"PARTICIPANT_{stop} is missing", "name every participant of the path");
        }
        return null;
    }

    private bool Is(string name, string value) => _metadata.TryGetValue(name, out var one) && one.Text.Equals(value, StringComparison.OrdinalIgnoreCase);

    private static NdmFault Missing(string name, string remedy) => new(name, "", "missing in the metadata", remedy);
}
