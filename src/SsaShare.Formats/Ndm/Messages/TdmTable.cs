using static SsaShare.Formats.NdmObligation;
using static SsaShare.Formats.NdmTableText;

namespace SsaShare.Formats;

/// <summary>Tracking data message, CCSDS 503.0-B-1 and -2.</summary>
internal static class TdmTable
{
    public static NdmMessage Message { get; } = new("tdm", "tracking data message", "CCSDS 503.0-B", ["1.0", "2.0"], Block("tdm", Mandatory,
        Block("header", Mandatory, """
            M CREATION_DATE  epoch
            M ORIGINATOR     text
            O MESSAGE_ID     text   since:2.0
            """),
        Block("segment", Mandatory,
            Block("metadata", Mandatory, """
                O TRACK_ID                       text       since:2.0
                O DATA_TYPES                     text       since:2.0
                M TIME_SYSTEM                    system
                O START_TIME                     epoch
                O STOP_TIME                      epoch
                C PARTICIPANT_n                  text
                C MODE                           word       words:SEQUENTIAL|SINGLE_DIFF
                C PATH                           text
                C PATH_1                         text
                C PATH_2                         text
                O EPHEMERIS_NAME_n               text       since:2.0
                O TRANSMIT_BAND                  text
                O RECEIVE_BAND                   text
                O TURNAROUND_NUMERATOR           integer
                O TURNAROUND_DENOMINATOR         integer
                O TIMETAG_REF                    word       words:TRANSMIT|RECEIVE
                O INTEGRATION_INTERVAL           number     s
                O INTEGRATION_REF                word       words:START|MIDDLE|END
                O FREQ_OFFSET                    number     Hz
                O RANGE_MODE                     word       words:COHERENT|CONSTANT|ONE_WAY
                O RANGE_MODULUS                  number
                O RANGE_UNITS                    word       words:km|s|RU
                O ANGLE_TYPE                     word       words:AZEL|RADEC|XEYN|XSYE
                C REFERENCE_FRAME                frame
                O INTERPOLATION                  text       since:2.0
                O INTERPOLATION_DEGREE           integer    since:2.0
                O DOPPLER_COUNT_BIAS             number     Hz  since:2.0
                O DOPPLER_COUNT_SCALE            number     since:2.0
                O DOPPLER_COUNT_ROLLOVER         word       words:YES|NO  since:2.0
                O TRANSMIT_DELAY_n               number     s
                O RECEIVE_DELAY_n                number     s
                O DATA_QUALITY                   word       words:RAW|VALIDATED|DEGRADED
                O CORRECTION_ANGLE_1             number     deg
                O CORRECTION_ANGLE_2             number     deg
                O CORRECTION_DOPPLER             number     km/s
                O CORRECTION_MAG                 number     since:2.0
                O CORRECTION_RANGE               number
                O CORRECTION_RCS                 number     m**2  since:2.0
                O CORRECTION_RECEIVE             number     Hz
                O CORRECTION_TRANSMIT            number     Hz
                O CORRECTION_ABERRATION_YEARLY   number     deg  since:2.0
                O CORRECTION_ABERRATION_DIURNAL  number     deg  since:2.0
                C CORRECTIONS_APPLIED            word       words:YES|NO
                """) with { KvnName = "META", IsUnordered = true },
            Block("data", Mandatory) with
            {
                KvnName = "DATA",
                Rows = NdmRowStyle.Observation,
                RowKeywords = Keywords("""
                    O ANGLE_1                number  deg
                    O ANGLE_2                number  deg
                    O CARRIER_POWER          number  dBW
                    O CLOCK_BIAS             number  s
                    O CLOCK_DRIFT            number  s/s
                    O DOPPLER_COUNT          number  since:2.0
                    O DOPPLER_INSTANTANEOUS  number  km/s
                    O DOPPLER_INTEGRATED     number  km/s
                    O DOR                    number  s
                    O MAG                    number  since:2.0
                    O PC_N0                  number  dBHz
                    O PR_N0                  number  dBHz
                    O PRESSURE               number  hPa
                    O RANGE                  number
                    O RCS                    number  m**2  since:2.0
                    O RECEIVE_FREQ           number  Hz
                    O RECEIVE_FREQ_n         number  Hz
                    O RECEIVE_PHASE_CT_n     number  since:2.0
                    O RHUMIDITY              number  %
                    O STEC                   number  TECU
                    O TEMPERATURE            number  K
                    O TRANSMIT_FREQ_n        number  Hz
                    O TRANSMIT_FREQ_RATE_n   number  Hz/s
                    O TRANSMIT_PHASE_CT_n    number  since:2.0
                    O TROPO_DRY              number  m
                    O TROPO_WET              number  m
                    O VLBI_DELAY             number  s
                    """),
            }) with { IsRepeatable = true, IsUnit = true })) { IsStreamed = true };
}
