/** Numbers printed by others or computed apart from this program; see the file's own head for where each comes from. */
import { readFileSync } from 'node:fs';

interface Acceptance {
  readonly brock_hommes_2type: {
    readonly inputs: Readonly<Record<'R' | 'beta' | 'C' | 'g2' | 'x_minus2' | 'x_minus1' | 'n_init', number>>;
    readonly x_1_to_99: readonly number[];
    readonly tolerance: number;
  };
  readonly almgren_chriss: {
    readonly inputs: Readonly<
      Record<
        'S0' | 'X' | 'T_days' | 'N' | 'sigma_frontier' | 'sigma_trajectory' | 'epsilon' | 'gamma' | 'eta',
        number
      >
    >;
    /** lambda 1e-6, E 1e6, V 1e12, U 1e6, 1 / kappa. */
    readonly frontier: readonly (readonly [number, number, number, number, number])[];
    /** lambda 1e-6, holdings after each trade but the last, percent. */
    readonly trajectory: readonly (readonly [number, number, number, number, number])[];
    readonly tolerance: Readonly<Record<'E' | 'V' | 'U' | 'halflife' | 'x_pct', number>>;
  };
  readonly athl2005: {
    readonly cases: readonly {
      readonly name: string;
      readonly V: number;
      readonly Theta: number;
      readonly sigma_pct: number;
      readonly X: number;
      readonly I_bp: number;
      readonly T: readonly number[];
      readonly K_bp: readonly number[];
      readonly J_bp: readonly number[];
    }[];
    readonly tolerance: Readonly<Record<'bp_integer' | 'I_bp', number>>;
  };
  readonly sqrt_law: {
    readonly rows_Y_sigma_QoverV_I: readonly (readonly [number, number, number, number])[];
    readonly tolerance: number;
  };
  readonly multiplier_bridge: {
    readonly rows_Y_sigma_tau_q_M: readonly (readonly [number, number, number, number, number])[];
    readonly tolerance: number;
  };
  readonly hhl: {
    readonly active_from: number;
    readonly active_to: number;
    readonly rows_chi_change_pct: readonly (readonly [number, number])[];
    readonly tolerance: number;
  };
  readonly obizhaeva_wang: {
    readonly X: number;
    readonly rows_rho_T_N_x0_x1_cost_over_X2: readonly (readonly [
      number,
      number,
      number,
      number,
      number,
      number,
    ])[];
    readonly tolerance: number;
  };
  readonly garleanu_pedersen_scalar: {
    readonly rows_rho_gamma_lambda_a_rate: readonly (readonly [number, number, number, number, number])[];
    readonly tolerance: number;
  };
  readonly te_vs_cost_schedule: {
    /** Penalty, trades, cost, squared difference. */
    readonly rows_k_trades_cost_te2: readonly (readonly [number, readonly number[], number, number])[];
    readonly tolerance: number;
  };
  readonly event_study_synthetic: {
    readonly L1: number;
    readonly event_days: number;
    readonly day0_index: number;
    readonly check: Readonly<Record<'M0' | 'M1' | 'r0_0' | 'r5_124', number>>;
    readonly own: Readonly<
      Record<
        | 'AAR0'
        | 'patell_day0'
        | 'bmp_day0'
        | 'rbar'
        | 'kolari_pynnonen_day0'
        | 'corrado_rank_day0'
        | 'gsign_z'
        | 'CAAR'
        | 'patell_CAR'
        | 'bmp_CAR',
        number
      >
    > & {
      /** Per firm: alpha, beta, s, AR of day 0, CAR. */
      readonly alpha_beta_s_AR0_CAR: readonly (readonly number[])[];
    };
    readonly tolerance: number;
  };
  readonly price_limits: {
    readonly rows_prev_pct_up_down: readonly (readonly [string, number, string, string])[];
  };
  readonly koijen_yogo_toy: {
    readonly A: readonly number[];
    readonly beta0: readonly (number | 'index')[];
    /** Constants per security; null for the index fund. */
    readonly c: readonly (readonly number[] | null)[];
    readonly P: readonly number[];
    readonly P_index_aum_33: readonly number[];
    readonly tolerance: number;
  };
  readonly flows_star50_sep2025: {
    /** Day, weight, cap, tracked assets in bn, sale in bn, sale as printed. */
    readonly rows_date_weight_cap_aum_bn_flow_bn_published: readonly (readonly [
      string,
      number,
      number,
      number,
      number,
      string,
    ])[];
    readonly tolerance_bn: number;
  };
  readonly concentration: Readonly<Record<'n_eff' | 'tolerance', number>>;
  readonly exit_multiple: Readonly<
    Record<
      | 'revenue_bn'
      | 'margin'
      | 'r'
      | 'multiple'
      | 'years'
      | 'value_bn'
      | 'g_no_payout'
      | 'g_full_payout'
      | 'wrong_value_seen_on_web'
      | 'tolerance',
      number
    >
  >;
  readonly reverse_dcf: {
    readonly gordon: Readonly<Record<'EV' | 'FCFF0' | 'wacc' | 'g' | 'published_pct', number>>;
    readonly two_stage_own: { readonly rows_pe_g10_g15: readonly (readonly [number, number, number])[] };
    readonly shortcut: {
      readonly rows_pe_exit_r_n_g: readonly (readonly [number, number, number, number, number])[];
    };
    readonly tolerance: number;
  };
  readonly beneish_enron: {
    readonly columns: readonly string[];
    readonly years: Readonly<Record<string, readonly number[]>>;
    readonly own: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly tolerance: number;
  };
  readonly altman_z: { readonly x: readonly number[]; readonly Z: number };
  readonly symmetric_growth: {
    readonly rows_from_to_g: readonly (readonly [number, number, number])[];
    readonly tolerance: number;
  };
  readonly ttm_cumulative: Readonly<Record<'fy_last' | 'ytd_now' | 'ytd_prior' | 'ttm', number>>;
  readonly benchmark_ex_self: Readonly<
    Record<'index_ret' | 'weight' | 'stock_ret' | 'ex_self' | 'tolerance', number>
  >;
}

export const ACCEPTANCE = JSON.parse(
  readFileSync('test/fixtures/model-acceptance.json', 'utf8'),
) as Acceptance;
