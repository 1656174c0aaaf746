namespace SsaShare.Exchange;

/// <summary>A record of an answer was corrected, withdrawn or recalled while the answer was composed.</summary>
public sealed class RecordsNoticedException() : Exception("A record of this answer was noticed while the answer was composed.");
