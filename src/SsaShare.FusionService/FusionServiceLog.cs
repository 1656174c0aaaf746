using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Fusion;

namespace SsaShare.FusionService;

/// <summary>Every log message of the fusion service. Event ids 300 to 399, never reused.</summary>
internal static partial class FusionServiceLog
{
    [LoggerMessage(EventId = 301, Level = LogLevel.Information, Message = "Catalog restored: {Records} records, {Objects} objects.")]
    public static partial void Restored(ILogger logger, int records, int objects);

    [LoggerMessage(EventId = 302, Level = LogLevel.Information, Message = "Fused {Records} records: {Accepted} new measurements, {Duplicates} repeated, {Refused} refused, {Associated} associated, {Objects} new objects, in {Milliseconds} ms.")]
    public static partial void Fused(ILogger logger, int records, int accepted, int duplicates, int refused, int associated, int objects, long milliseconds);

    [LoggerMessage(EventId = 303, Level = LogLevel.Warning, Message = "Record {Record} does not enter the catalog: {Reason}.")]
    public static partial void Refused(ILogger logger, RecordId record, ContributionRefusal reason);

    [LoggerMessage(EventId = 304, Level = LogLevel.Warning, Message = "{Records} observations of sensor {Sensor} of {Partner} wait: its description has not arrived.")]
    public static partial void SensorUnknown(ILogger logger, int records, SensorId sensor, PartnerId partner);

    [LoggerMessage(EventId = 305, Level = LogLevel.Error, Message = "Fusing failed; the same records are tried again.")]
    public static partial void FusingFailed(ILogger logger, Exception exception);
}
