using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>Who could read the log, by the log's own account.</summary>
internal sealed class AuditedAuditors
{
    private readonly Dictionary<string, Hash256> _pins = new(StringComparer.Ordinal);

    /// <returns>What is wrong with an entry, or null.</returns>
    public string? Take(ReadOnlySpan<byte> body)
    {
        if (!AuditorEvent.TryParse(body, out var auditor)) return "it is not well-formed";
        if (auditor.Change == AuditorChange.Added)
            return _pins.ContainsValue(auditor.Pin) || !_pins.TryAdd(auditor.Name, auditor.Pin) ? $"'{auditor.Name}' or that key is an auditor already" : null;
        if (_pins.TryGetValue(auditor.Name, out var pin) && pin == auditor.Pin && _pins.Remove(auditor.Name)) return null;
        return $"'{auditor.Name}' is no auditor with that key";
    }
}
