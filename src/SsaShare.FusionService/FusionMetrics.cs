using System.Diagnostics;

namespace SsaShare.FusionService;

/// <summary>Traces of the fusion service. The name is public: dashboards use it.</summary>
public static class FusionMetrics
{
    public const string Name = "SsaShare.FusionService";
    public static ActivitySource Activities { get; } = new(Name);
}
