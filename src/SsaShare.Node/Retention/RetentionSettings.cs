using Microsoft.Extensions.Configuration;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Node;

/// <summary>How long this node keeps what it has published, by class: settings such as Retention:Observation=400d. What is not named is kept for ever.</summary>
public static class RetentionSettings
{
    private const string Section = "Retention";

    /// <exception cref="InvalidDataException">A setting names no class, or one that is always kept, or says no time from 1d on; all of them are told.</exception>
    public static IReadOnlyDictionary<RecordClass, TimeSpan> Read(IConfiguration configuration)
    {
        var keep = new Dictionary<RecordClass, TimeSpan>();
        var faults = new List<string>();
        foreach (var setting in configuration.GetSection(Section).GetChildren())
        {
            if (WhyNot(setting, out var recordClass, out var time) is { } fault) faults.Add(fault);
            else keep[recordClass] = time;
        }
        return faults.Count == 0 ? keep : throw new InvalidDataException(string.Join(Environment.NewLine, faults));
    }

    private static string? WhyNot(IConfigurationSection setting, out RecordClass recordClass, out TimeSpan time)
    {
        time = default;
        if (!Enum.TryParse(setting.Key, ignoreCase: true, out recordClass) || !Enum.IsDefined(recordClass) || recordClass == RecordClass.Unspecified || char.IsAsciiDigit(setting.Key[0]))
            return $"{setting.Path}: there is no class '{setting.Key}'.";
        if (recordClass == RecordClass.Sensor) return $"{setting.Path}: descriptions of sensors are always kept; observations cannot be read without them.";
        if (!DurationText.TryParse(setting.Value ?? "", out time, out string fault)) return $"{setting.Path}: {fault}";
        return time < TimeSpan.FromDays(1) ? $"{setting.Path}: records are kept for 1d at least." : null;
    }
}
