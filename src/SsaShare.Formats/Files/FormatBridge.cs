namespace SsaShare.Formats;

/// <summary>A way from the values of one family of formats to those of another.</summary>
public abstract record FormatBridge;

/// <summary>A way from the values of one family of formats to those of another: a writer of the former that writes what they mean with a writer of the latter.</summary>
/// <param name="Message">The CCSDS message by way of which it goes: oem.</param>
/// <param name="Connect">Makes the writer for one file that is read. Its <c>Complete</c> ends what it has begun, and leaves the other writer open.</param>
public sealed record FormatBridge<TFrom, TTo>(string Message, Func<IFormatWriter<TTo>, FormatWriteOptions, IFormatWriter<TFrom>> Connect) : FormatBridge
    where TFrom : class
    where TTo : class;
