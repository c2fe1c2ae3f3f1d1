package com.oceanbase.odp.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Conditions between parameters without which ODP can't serve (original: ob_proxy_config.cpp:112-200). */
public final class Serviceability {
    private static final Pattern VERSION = Pattern.compile("[0-9.]*");
    private static final Pattern ADDRESS =
            Pattern.compile("\\s*(?:[^:\\[\\]\\s]+|\\[[0-9A-Fa-f:.]+])\\s*:\\s*\\d{1,5}\\s*");
    private static final Pattern HASH = Pattern.compile("(?:[0-9A-Fa-f]{40})?");
    private static final List<Parameter<String>> PASSWORDS = List.of(
            Parameters.OBPROXY_SYS_PASSWORD,
            Parameters.INSPECTOR_PASSWORD,
            Parameters.OBSERVER_SYS_PASSWORD,
            Parameters.OBSERVER_SYS_PASSWORD1);
    private static final int MAX_APP_NAME = 128;
    private static final int MAX_IDC_NAME = 64;
    private static final int MAX_PROXY_ID_VERSION_1 = 255;

    private Serviceability() {}

    /** What is wrong, one line each; empty if nothing is. */
    public static List<String> problems(ConfigSnapshot config) {
        List<String> problems = new ArrayList<>();
        String appName = config.get(Parameters.APP_NAME);
        if (appName.isEmpty() || appName.length() > MAX_APP_NAME) {
            problems.add("app_name must have 1 to " + MAX_APP_NAME + " characters");
        }
        if (config.get(Parameters.PROXY_SERVICE_MODE).equals("server") && config.get(Parameters.PROXY_ID) == 0) {
            problems.add("proxy_service_mode=server needs a proxy_id greater than 0");
        }
        if (config.get(Parameters.CLIENT_SESSION_ID_VERSION) == 1
                && config.get(Parameters.PROXY_ID) > MAX_PROXY_ID_VERSION_1) {
            problems.add("proxy_id above " + MAX_PROXY_ID_VERSION_1 + " needs client_session_id_version=2");
        }
        for (String address : config.get(Parameters.ROOTSERVICE_LIST)) {
            if (!address.isBlank() && !ADDRESS.matcher(address).matches()) {
                problems.add("rootservice_list: '" + address + "' is not of the form ip:sql_port");
            }
        }
        for (String separator : config.get(Parameters.USERNAME_SEPARATOR)) {
            if (separator.length() > 1) {
                problems.add("username_separator: '" + separator + "' is not one character");
            }
        }
        if (config.get(Parameters.PROXY_IDC_NAME).length() > MAX_IDC_NAME) {
            problems.add("proxy_idc_name must have at most " + MAX_IDC_NAME + " characters");
        }
        for (Parameter<String> password : PASSWORDS) {
            if (!HASH.matcher(config.get(password)).matches()) {
                problems.add(password.name() + " must be empty or the 40 hexadecimal digits of the password's SHA-1");
            }
        }
        if (!VERSION.matcher(config.get(Parameters.MYSQL_VERSION)).matches()) {
            problems.add("mysql_version may only have digits and dots");
        }
        return List.copyOf(problems);
    }
}
